package io.tasklane.cli.queue;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.cli.command.TimeSpan;
import io.tasklane.cli.output.Json;
import io.tasklane.cli.output.Table;
import io.tasklane.v1.QueueServiceGrpc;
import io.tasklane.v1.RateLimit;
import io.tasklane.v1.SimulateQueueRequest;
import io.tasklane.v1.SimulateQueueResponse;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane queue simulate}: what would wait, and how long, with other settings. */
@Command(
    name = "simulate",
    description = {
      "Say what would wait in a queue, and how long, with other settings; it changes nothing."
    },
    footer = {
      "",
      "Example: tasklane queue simulate AI_ANALYSIS --arrivals-factor 2 --target-wait 30s"
    },
    mixinStandardHelpOptions = true)
final class QueueSimulate extends ServerCommand {
  /** Of 120 moments every tenth is shown. */
  private static final int EVERY = 10;

  @Parameters(paramLabel = "QUEUE", description = "For example AI_ANALYSIS.")
  private String queue;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "Runs at once, 1 to 1000. Default: as the queue has it.")
  private Integer concurrency;

  @Option(
      names = "--rate-limit",
      paramLabel = "N/TIME",
      converter = Rate.class,
      description = "Most starts within a time, as 10/1s, or none. Default: as the queue has it.")
  private RateLimit rate;

  @Option(
      names = "--arrivals-factor",
      paramLabel = "F",
      description = "Tasks that come for each that came, 0.01 to 100. Default: 1.")
  private double factor = 1;

  @Option(
      names = "--horizon",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "The time up to now that is repeated, 1m to 168h. Default: 1h.")
  private Duration horizon = Duration.ofHours(1);

  @Option(
      names = "--target-wait",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "Propose the lowest concurrency with which 90 %% wait no longer than this.")
  private Duration target;

  @Override
  protected ExitCode run(Connection connection) {
    if (concurrency != null && (concurrency < 1 || concurrency > 1000)) {
      throw usage("--concurrency takes 1 to 1000");
    }
    if (!(factor >= 0.01 && factor <= 100)) {
      throw usage("--arrivals-factor takes 0.01 to 100");
    }
    SimulateQueueResponse simulated =
        connection.service(QueueServiceGrpc::newBlockingStub).simulateQueue(request());
    if (format().isData()) {
      out().println(format().document(Json.of(simulated)));
    } else {
      show(simulated);
    }
    out().flush();
    return ExitCode.FINE;
  }

  private SimulateQueueRequest request() {
    SimulateQueueRequest.Builder request =
        SimulateQueueRequest.newBuilder()
            .setName(QueueName.of(queue))
            .setConcurrency(concurrency == null ? 0 : concurrency)
            .setArrivalRateFactor(factor)
            .setHorizon(Durations.fromMillis(horizon.toMillis()));
    if (rate != null && rate.getPermits() == 0) {
      request.setWithoutRateLimit(true);
    } else if (rate != null) {
      request.setRateLimit(rate);
    }
    if (target != null) {
      request.setTargetWait(Durations.fromMillis(target.toMillis()));
    }
    return request.build();
  }

  private void show(SimulateQueueResponse simulated) {
    if (!simulated.getNoResultReason().isEmpty()) {
      out().println("nothing can be said: " + simulated.getNoResultReason());
      return;
    }
    out()
        .println(
            "with concurrency "
                + simulated.getConcurrency()
                + ", over "
                + seconds(simulated.getSimulatedTime())
                + ": "
                + simulated.getArrivalCount()
                + " tasks come, and "
                + Math.round(100 * simulated.getUtilization())
                + " % of the slots are taken");
    out()
        .println(
            "half of them wait up to "
                + seconds(simulated.getWaitP50())
                + ", 90 % up to "
                + seconds(simulated.getWaitP90())
                + ", 95 % up to "
                + seconds(simulated.getWaitP95()));
    if (target != null) {
      out().println(proposal(simulated));
    }
    Table table = new Table("TIME", "WAITING");
    for (int i = EVERY - 1; i < simulated.getPointsCount(); i += EVERY) {
      table.row(
          Timestamps.toString(simulated.getPoints(i).getTime()), simulated.getPoints(i).getDepth());
    }
    table.lines().forEach(out()::println);
  }

  private static String proposal(SimulateQueueResponse simulated) {
    return simulated.getProposedConcurrency() == 0
        ? "proposal: none, because no concurrency up to 1000 is enough: see the rate limit"
        : "proposal: concurrency "
            + simulated.getProposedConcurrency()
            + ", with which 90 % wait up to "
            + seconds(simulated.getProposedWaitP90());
  }

  private static String seconds(com.google.protobuf.Duration span) {
    return String.format(Locale.ROOT, "%.3fs", Durations.toMillis(span) / 1000.0);
  }
}
