package io.tasklane.cli;

import io.grpc.StatusRuntimeException;
import io.tasklane.cli.command.CommandFailure;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.GlobalOptions;
import io.tasklane.cli.deadletter.DeadLetterCommand;
import io.tasklane.cli.demo.DemoCommand;
import io.tasklane.cli.event.EventCommand;
import io.tasklane.cli.output.OutputFormat;
import io.tasklane.cli.queue.QueueCommand;
import io.tasklane.cli.resource.ResourceCommand;
import io.tasklane.cli.task.TaskCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The command itself: its global options, its subcommands, and how its errors read. */
@Command(
    name = "tasklane",
    description = "Talks to a Tasklane server: many queues side by side, one task at a time each.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      ServerProcessCommand.class,
      TaskCommand.class,
      QueueCommand.class,
      EventCommand.class,
      DeadLetterCommand.class,
      ResourceCommand.class,
      BenchCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:fine",
      "1:error",
      "2:usage: the command line cannot be understood",
      "3:the task waited for did not succeed",
      "4:timed out"
    })
public final class Tasklane implements GlobalOptions {
  /** Where a server listens unless configured otherwise. */
  static final String DEFAULT_SERVER = "127.0.0.1:9090";

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      scope = ScopeType.INHERIT,
      description =
          "The server to talk to. Default: $TASKLANE_SERVER, else " + DEFAULT_SERVER + ".")
  private String server;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      scope = ScopeType.INHERIT,
      description = "How answers are printed. Default: table.")
  private OutputFormat output = OutputFormat.TABLE;

  private final Map<String, String> environment;

  /**
   * A command that was not run yet.
   *
   * @param environment the variables of the shell
   */
  public Tasklane(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * Runs the command and ends the JVM with its exit code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    CommandLine line = commandLine(System.getenv());
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    System.exit(line.execute(args));
  }

  /**
   * Puts the command together.
   *
   * @param environment the variables of the shell
   * @return the whole command, ready to be executed
   */
  public static CommandLine commandLine(Map<String, String> environment) {
    return new CommandLine(new Tasklane(environment))
        .setCaseInsensitiveEnumValuesAllowed(true)
        // "@file" is an argument of ours: the file with a task's input.
        .setExpandAtFiles(false)
        .setParameterExceptionHandler((error, args) -> explainUsage(error))
        .setExecutionExceptionHandler((error, line, parsed) -> explain(error, line));
  }

  @Override
  public String server() {
    return givenServer().or(() -> variable("TASKLANE_SERVER")).orElse(DEFAULT_SERVER);
  }

  @Override
  public Optional<String> givenServer() {
    return Optional.ofNullable(server);
  }

  @Override
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  @Override
  public OutputFormat output() {
    return output;
  }

  private static int explainUsage(ParameterException error) {
    CommandLine line = error.getCommandLine();
    String command = line.getCommandSpec().qualifiedName();
    line.getErr().println("tasklane: " + error.getMessage());
    line.getErr().println("  see `" + command + " --help`");
    return ExitCode.USAGE.code();
  }

  private static int explain(Exception error, CommandLine line) throws Exception {
    if (error instanceof CommandFailure failure) {
      line.getErr().println("tasklane: " + failure.getMessage());
      return failure.exitCode().code();
    }
    if (error instanceof StatusRuntimeException refusal) {
      String address = ((Tasklane) line.getCommandSpec().root().userObject()).server();
      return explain(CommandFailure.of(refusal, address), line);
    }
    throw error;
  }
}
