package io.tasklane.cli.queue;

import com.google.gson.JsonObject;
import com.google.protobuf.util.Durations;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.Following;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.cli.command.TimeSpan;
import io.tasklane.cli.output.Json;
import io.tasklane.cli.output.LiveLines;
import io.tasklane.cli.output.OutputFormat;
import io.tasklane.cli.output.TerminalWriter;
import io.tasklane.v1.GetQueueStatsRequest;
import io.tasklane.v1.QueueServiceGrpc;
import io.tasklane.v1.QueueStats;
import io.tasklane.v1.WatchQueueStatsRequest;
import io.tasklane.v1.WatchQueueStatsResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane queue stats}: what waits, runs and has ended, once or until interrupted. */
@Command(
    name = "stats",
    description = "Show what waits, runs and has ended in queues.",
    footer = {"", "Example: tasklane queue stats AI_ANALYSIS --watch"},
    mixinStandardHelpOptions = true)
final class QueueStatsCommand extends ServerCommand {
  private static final Duration SHORTEST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  @Parameters(paramLabel = "QUEUE", arity = "0..*", description = "Default: all queues.")
  private List<String> queues = List.of();

  @Option(names = "--watch", description = "Show it again and again, until Ctrl-C.")
  private boolean watch;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "With --watch: at least 200ms. Default: 1s.")
  private Duration interval = Duration.ofSeconds(1);

  @Override
  protected ExitCode run(Connection connection) {
    if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
      throw usage("--interval takes 200ms to 60s");
    }
    WatchQueueStatsRequest request =
        WatchQueueStatsRequest.newBuilder()
            .addAllNames(queues.stream().map(QueueName::of).toList())
            .setInterval(Durations.fromMillis(interval.toMillis()))
            .build();
    LiveLines lines = new LiveLines(out(), TerminalWriter.isTerminal(out()), interval);
    boolean delivered = follow(connection, request, lines);
    // The server ends every stream after a while.
    while (watch && delivered) {
      delivered = follow(connection, request, lines);
    }
    if (!delivered) {
      err().println("the stream ended before it told any figures");
      return ExitCode.ERROR;
    }
    return ExitCode.FINE;
  }

  /** Whether the stream delivered anything. */
  private boolean follow(Connection connection, WatchQueueStatsRequest request, LiveLines lines) {
    return Following.read(
        connection.streams(QueueServiceGrpc::newBlockingStub).watchQueueStats(request),
        figures -> {
          show(watch ? new TreeMap<>(figures.getStatsMap()) : whole(connection, figures), lines);
          return watch;
        });
  }

  /** With what only the figures of one queue have: when it is empty. */
  private static Map<String, QueueStats> whole(
      Connection connection, WatchQueueStatsResponse figures) {
    Map<String, QueueStats> whole = new TreeMap<>();
    figures
        .getStatsMap()
        .keySet()
        .forEach(
            name ->
                whole.put(
                    name,
                    connection
                        .service(QueueServiceGrpc::newBlockingStub)
                        .getQueueStats(GetQueueStatsRequest.newBuilder().setName(name).build())
                        .getStats()));
    return whole;
  }

  private void show(Map<String, QueueStats> stats, LiveLines lines) {
    if (format() == OutputFormat.TABLE) {
      lines.show(StatsTable.lines(stats, !watch));
      return;
    }
    JsonObject object = new JsonObject();
    stats.forEach((name, figures) -> object.add(name, Json.of(figures)));
    out().println(watch ? format().next(object) : format().document(object));
    out().flush();
  }
}
