package io.tasklane.launcher;

import io.tasklane.launcher.failure.CannotStart;
import java.io.IOException;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code server}: {@code start}, {@code status} or {@code stop}. */
@Command(
    name = "tasklane server",
    description = "Starts, stops or looks for a server on this machine.",
    synopsisSubcommandLabel = "start|status|stop",
    scope = ScopeType.INHERIT,
    sortOptions = false,
    sortSynopsis = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:fine", "1:error", "2:usage: the command line cannot be understood"})
public final class Launcher {
  @Mixin private HelpArgument help;

  private Launcher() {}

  /**
   * Runs one command and ends the process. Exit codes: 0 fine, 1 error, 2 a command line that is
   * not understood.
   *
   * @param arguments the verb and its options
   */
  public static void main(String[] arguments) {
    ForegroundServer server = new ForegroundServer(Clock.systemUTC());
    System.exit(commandLine(server::run).execute(arguments));
  }

  /** The whole command. */
  static CommandLine commandLine(StartCommand.Start start) {
    return new CommandLine(new Launcher())
        .addSubcommand(new StartCommand(start))
        .addSubcommand(new StatusCommand())
        .addSubcommand(new StopCommand())
        .addSubcommand(new CommandLine.HelpCommand())
        // A folder's name may begin with an at sign.
        .setExpandAtFiles(false)
        .setOverwrittenOptionsAllowed(false)
        .setParameterExceptionHandler((error, arguments) -> explainUsage(error))
        .setExecutionExceptionHandler((error, line, parsed) -> explain(error, line));
  }

  private static int explainUsage(ParameterException error) {
    CommandLine line = error.getCommandLine();
    line.getErr().println("tasklane: " + error.getMessage());
    UnmatchedArgumentException.printSuggestions(error, line.getErr());
    line.getErr().println("  see `" + line.getCommandSpec().qualifiedName() + " --help`");
    return CommandLine.ExitCode.USAGE;
  }

  private static int explain(Exception error, CommandLine line) throws Exception {
    if (error instanceof CannotStart) {
      line.getErr().println("tasklane: " + error.getMessage());
    } else if (error instanceof IOException) {
      line.getErr().println("tasklane: " + error);
    } else {
      throw error;
    }
    return CommandLine.ExitCode.SOFTWARE;
  }
}
