package io.tasklane.launcher;

import io.tasklane.launcher.failure.CannotStart;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code server start}: reads what to start. */
@Command(
    name = "start",
    description = {
      "Runs a server in the foreground until Ctrl-C or \"tasklane server stop\", and prints one line"
          + " when it is ready. Everything listens on 127.0.0.1.",
      "With --node, --database-url and --broker-url it runs one more node of a running system;"
          + " \"tasklane server status\" prints what that needs."
    })
final class StartCommand implements Callable<Integer> {
  /** Runs a server; returns only when it has ended. */
  interface Start {
    int run(StartOptions options) throws CannotStart, IOException;
  }

  private final Start start;
  @Mixin private StartArguments arguments;

  @Option(
      names = DetachedStart.OPTION,
      arity = "0",
      description =
          "Starts it in the background, and returns when it is ready. What it would have printed is"
              + " in launcher.log.")
  private boolean detach;

  @Mixin private HelpArgument help;
  @Spec private CommandSpec spec;

  StartCommand(Start start) {
    this.start = start;
  }

  @Override
  public Integer call() throws CannotStart, IOException {
    StartOptions options = arguments.options(spec.commandLine());
    if (detach) {
      List<String> words = spec.root().commandLine().getParseResult().originalArgs();
      return DetachedStart.of(options.folder(), words)
          .run(spec.commandLine().getOut(), spec.commandLine().getErr());
    }
    return start.run(options);
  }
}
