package io.tasklane.cli.demo;

import io.grpc.StatusRuntimeException;
import io.tasklane.cli.command.CommandFailure;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.GlobalOptions;
import io.tasklane.cli.command.TimeSpan;
import io.tasklane.cli.output.Json;
import io.tasklane.cli.output.LiveLines;
import io.tasklane.cli.output.TerminalWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code tasklane demo}: the main job, start to end, in one command. */
@Command(
    name = "demo",
    description = "Run the morning template for 81 symbols, start to end, and say how it went.",
    mixinStandardHelpOptions = true,
    footer = {
      "Without --server it starts a server of its own in a temporary folder and removes it after.",
      "Exit code 0 only if every task succeeded and no queue ever ran two at once.",
      "",
      "Example: tasklane demo --mode conditional"
    })
public final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ParentCommand private GlobalOptions tasklane;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description =
          "Your own accounts.json, positions.json, fills.csv, prices/, news/, symbols.csv."
              + " Default: a generated sample.")
  private Path data;

  @Option(
      names = "--as-of",
      paramLabel = "DATE",
      description = "The day of the morning, for example 2026-01-15.")
  private LocalDate asOf;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      converter = DemoMode.Converter.class,
      description =
          "Show one mode of orchestration instead, on its template in examples/templates:"
              + " sequential, parallel, conditional or event-driven.")
  private DemoMode mode;

  @Option(names = "--json", description = "Print one JSON object as the last line of the output.")
  private boolean json;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "How long the morning may take. Default: 15m.")
  private Duration timeout = Duration.ofMinutes(15);

  @Override
  public Integer call() throws InterruptedException {
    List<String> symbols = symbols();
    if (mode != null && json) {
      throw usage("--json is for the morning alone: --mode shows a tree");
    }
    if (tasklane.givenServer().isPresent()) {
      return show(tasklane.givenServer().get(), symbols).code();
    }
    ServerCommandLine command = new ServerCommandLine(home(), data, asOf);
    remarks().println("starting a server of its own in a temporary folder ...");
    try (OwnServer server = OwnServer.start(command)) {
      ReadyLine ready = server.awaitReady(remarks());
      remarks().println("server ready: gRPC at " + ready.grpc() + ", HTTP at " + ready.http());
      return show(ready.grpc(), symbols).code();
    }
  }

  private ExitCode show(String address, List<String> symbols) throws InterruptedException {
    Path templates = home().resolve("examples/templates");
    try (Connection connection = connect(address)) {
      return mode == null
          ? print(
              carryOut(
                  new MorningCalls(connection, templates.resolve("morning.yaml")),
                  symbols,
                  connection))
          : new ModeDemo(connection, templates, out()).show(mode);
    } catch (StatusRuntimeException e) {
      throw CommandFailure.of(e, address);
    }
  }

  /** A server of its own knows no tokens. */
  private Connection connect(String address) {
    return Connection.to(
        address, tasklane.givenServer().isPresent() ? tasklane.token() : Optional.empty());
  }

  private Report carryOut(MorningCalls calls, List<String> symbols, Connection connection)
      throws InterruptedException {
    String token = new TaskCalls(connection).resumeToken();
    try (EventFeed feed = new EventFeed(connection, token);
        QueueBoard board = new QueueBoard(connection, liveLines(), remarks())) {
      Report report = new MorningRun(calls).run(feed, symbols, timeout);
      board.showEnd();
      return report;
    }
  }

  private ExitCode print(Report report) {
    new ReportText(report, remarks()).print();
    if (json) {
      out().println(Json.line(ReportJson.of(report)));
      out().flush();
    }
    return report.isGood() ? ExitCode.FINE : ExitCode.ERROR;
  }

  private LiveLines liveLines() {
    return new LiveLines(remarks(), TerminalWriter.isTerminal(remarks()), Duration.ofSeconds(3));
  }

  private List<String> symbols() {
    if (tasklane.givenServer().isPresent() && (data != null || asOf != null)) {
      throw usage(
          "--data and --as-of are for the demo's own server; the server at "
              + tasklane.givenServer().get()
              + " has its own: leave --server out, or start that one with"
              + " `tasklane server start --trading-data FOLDER --as-of DATE`");
    }
    return data == null ? Symbols.tracked() : Symbols.of(data);
  }

  private Path home() {
    return tasklane
        .variable("TASKLANE_HOME")
        .map(Path::of)
        .orElseThrow(
            () ->
                usage(
                    "TASKLANE_HOME is not set, so there is neither a server to start nor a template:"
                        + " run the demo through the ./tasklane script"));
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  // With --json the answer is the JSON alone; what people read goes to the side.
  private PrintWriter remarks() {
    return json ? spec.commandLine().getErr() : out();
  }
}
