package io.tasklane.cli.profile;

import io.tasklane.cli.command.CommandFailure;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.GlobalOptions;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command about the file of profiles; it talks to no server. */
abstract class ProfileVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public final Integer call() {
    run(ProfileFile.of(global()));
    return ExitCode.FINE.code();
  }

  /** Does the command's work with this file. */
  abstract void run(ProfileFile file);

  final GlobalOptions global() {
    return (GlobalOptions) spec.root().userObject();
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** The profile of this name, which has to be there. */
  static Profile require(String name, Profiles profiles, ProfileFile file) {
    return profiles
        .find(name)
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.ERROR,
                    "there is no profile "
                        + name
                        + " in "
                        + file
                        + "\n  `tasklane profile list` shows those there are"));
  }
}
