package io.tasklane.cli;

import io.grpc.StatusRuntimeException;
import io.tasklane.cli.command.CommandFailure;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.OutputFailure;
import io.tasklane.cli.output.Palette;
import io.tasklane.cli.output.TerminalWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * How everything that ends a command reads: in words that say what to do, never as a stack trace of
 * Java.
 */
final class Faults {
  private static final String TRACE = "TASKLANE_STACK_TRACE";

  private Faults() {}

  /** The command line cannot be understood. */
  static int explainUsage(ParameterException error) {
    CommandLine line = error.getCommandLine();
    String command = line.getCommandSpec().qualifiedName();
    String hint = "  see `" + command + " --help`";
    say(line.getErr(), "tasklane: " + error.getMessage() + System.lineSeparator() + hint);
    return ExitCode.USAGE.code();
  }

  /** A command threw this. */
  static int explain(Throwable error, CommandLine line) {
    Tasklane tasklane = (Tasklane) line.getCommandSpec().root().userObject();
    CommandFailure failure = failure(error, tasklane);
    if (!failure.getMessage().isEmpty()) {
      say(line.getErr(), "tasklane: " + failure.getMessage());
    }
    return failure.exitCode().code();
  }

  private static CommandFailure failure(Throwable error, Tasklane tasklane) {
    if (error instanceof CommandFailure failure) {
      return failure;
    }
    if (error instanceof StatusRuntimeException refusal) {
      return CommandFailure.of(refusal, tasklane.server());
    }
    Optional<String> wanted = tasklane.variable(TRACE);
    String what = "this is a fault of the command itself: " + error + "\n  please report it; ";
    return new CommandFailure(
        ExitCode.ERROR,
        wanted.isPresent()
            ? what + "it happened here:\n" + trace(error)
            : what + TRACE + "=1 shows where it happened");
  }

  private static String trace(Throwable error) {
    StringWriter trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  /** Where nobody reads the errors either, the exit code has to do. */
  private static void say(PrintWriter err, String words) {
    try {
      boolean colours = TerminalWriter.hasColours(err);
      err.println(colours ? words.replaceFirst("^tasklane:", Palette.error("tasklane:")) : words);
      err.flush();
    } catch (OutputFailure e) {
      return;
    }
  }
}
