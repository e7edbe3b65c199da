package io.tasklane.cli;

import io.tasklane.cli.apply.ApplyCommand;
import io.tasklane.cli.batch.BatchCommand;
import io.tasklane.cli.calendar.CalendarCommand;
import io.tasklane.cli.command.CommandOutput;
import io.tasklane.cli.command.GlobalOptions;
import io.tasklane.cli.deadletter.DeadLetterCommand;
import io.tasklane.cli.demo.DemoCommand;
import io.tasklane.cli.event.EventCommand;
import io.tasklane.cli.fact.FactCommand;
import io.tasklane.cli.importer.ImportCommand;
import io.tasklane.cli.output.OutputFormat;
import io.tasklane.cli.output.TerminalWriter;
import io.tasklane.cli.profile.ProfileCommand;
import io.tasklane.cli.profile.ServerChoice;
import io.tasklane.cli.queue.QueueCommand;
import io.tasklane.cli.resource.ResourceCommand;
import io.tasklane.cli.schedule.ScheduleCommand;
import io.tasklane.cli.task.TaskCommand;
import io.tasklane.cli.tasktype.TaskTypeCommand;
import io.tasklane.cli.template.TemplateCommand;
import io.tasklane.cli.top.TopCommand;
import io.tasklane.cli.trigger.TriggerCommand;
import io.tasklane.cli.worker.WorkerCommand;
import io.tasklane.cli.workflow.WorkflowCommand;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command itself: its global options, its subcommands, and how its errors read. */
@Command(
    name = "tasklane",
    description = "Talks to a Tasklane server: many queues side by side, one task at a time each.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      ServerProcessCommand.class,
      TaskCommand.class,
      TaskTypeCommand.class,
      QueueCommand.class,
      EventCommand.class,
      DeadLetterCommand.class,
      ResourceCommand.class,
      ScheduleCommand.class,
      CalendarCommand.class,
      WorkflowCommand.class,
      FactCommand.class,
      TemplateCommand.class,
      ApplyCommand.class,
      ImportCommand.class,
      TopCommand.class,
      TriggerCommand.class,
      BatchCommand.class,
      ProfileCommand.class,
      CompletionCommand.class,
      WorkerCommand.class,
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
      "4:timed out",
      "141:nobody reads the output any more, as after | head"
    })
public final class Tasklane implements GlobalOptions {
  /** Where a server listens unless configured otherwise. */
  static final String DEFAULT_SERVER = "127.0.0.1:9090";

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      scope = ScopeType.INHERIT,
      description =
          "The server to talk to. Default: that of --profile, $TASKLANE_SERVER, that of"
              + " $TASKLANE_PROFILE, that of the profile in use, "
              + DEFAULT_SERVER
              + ".")
  private String server;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "A server by its name, and the token for it: see \"tasklane profile\".")
  private String profile;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json|yaml",
      completionCandidates = FormatNames.class,
      scope = ScopeType.INHERIT,
      description = "How answers are printed. Default: table. \"workflow get\" prints mermaid too.")
  private OutputFormat output = OutputFormat.TABLE;

  private final Map<String, String> environment;
  private ServerChoice choice;

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
    // Libraries log warnings with stack traces to standard error; what went wrong is said anyway.
    LogManager.getLogManager().reset();
    Map<String, String> environment = System.getenv();
    CommandLine line = commandLine(environment);
    PrintWriter out = CommandOutput.standard(environment);
    line.setOut(out).setErr(CommandOutput.error(environment));
    boolean colours = TerminalWriter.hasColours(out);
    line.setColorScheme(Help.defaultColorScheme(colours ? Ansi.ON : Ansi.OFF));
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, error) -> System.exit(Faults.explain(error, line)));
    System.exit(run(line, args));
  }

  /**
   * Runs a command.
   *
   * @return its exit code
   */
  static int run(CommandLine line, String... args) {
    try {
      int code = line.execute(args);
      line.getOut().flush();
      return code;
    } catch (RuntimeException | Error error) {
      return Faults.explain(error, line);
    }
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
        .setExecutionStrategy(Tasklane::execute)
        .setParameterExceptionHandler((error, args) -> Faults.explainUsage(error))
        .setExecutionExceptionHandler((error, line, parsed) -> Faults.explain(error, line));
  }

  /** Help about a command that does not exist is a usage error too; picocli shows its parent's. */
  private static int execute(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    if (!last.unmatched().isEmpty() && last.isUsageHelpRequested()) {
      throw new UnmatchedArgumentException(last.commandSpec().commandLine(), last.unmatched());
    }
    try {
      return new RunLast().execute(parsed);
    } catch (ExecutionException | ParameterException e) {
      throw e; // picocli passes these on to the handlers
    } catch (RuntimeException e) {
      return Faults.explain(e, parsed.commandSpec().commandLine()); // such as help nobody reads
    }
  }

  @Override
  public String server() {
    return choice().server();
  }

  @Override
  public Optional<String> token() {
    return choice().token();
  }

  private ServerChoice choice() {
    if (choice == null) {
      choice = ServerChoice.of(this, Optional.ofNullable(profile), DEFAULT_SERVER);
    }
    return choice;
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

  /** What a shell offers after -o. */
  private static final class FormatNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("table", "json", "yaml", "mermaid").iterator();
    }
  }
}
