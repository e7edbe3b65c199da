package io.tasklane.grpc.queue;

import io.tasklane.forecast.EmptyTime;
import io.tasklane.forecast.ForecastService;
import io.tasklane.forecast.QueueTrialAnswer;
import io.tasklane.forecast.QueueTrialRequest;
import io.tasklane.forecast.TrialResult;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.queue.RateLimit;
import io.tasklane.v1.QueueStats;
import io.tasklane.v1.SimulateQueueRequest;
import io.tasklane.v1.SimulateQueueResponse;
import io.tasklane.v1.SimulationPoint;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What will become of queues: as they are, and with other settings. */
final class QueueTrials {
  private static final Duration DEFAULT_HORIZON = Duration.ofHours(1);
  private static final double NANOS = 1e9;

  private final ForecastService forecasts;

  QueueTrials(ForecastService forecasts) {
    this.forecasts = forecasts;
  }

  /** Adds to the figures of a queue when nothing waits in it any more. */
  QueueStats withEmptyTime(String queueId, QueueStats stats, Instant now) {
    EmptyTime empty = forecasts.emptyTime(queueId);
    QueueStats.Builder wire = stats.toBuilder().setNoEmptyTimeReason(empty.missing());
    if (empty.missing().isEmpty()) {
      wire.setEmptyTimeP50(WireTime.of(now.plus(time(empty.p50()))))
          .setEmptyTimeP90(WireTime.of(now.plus(time(empty.p90()))));
    }
    return wire.build();
  }

  SimulateQueueResponse simulate(SimulateQueueRequest request) {
    return toWire(forecasts.trial(WireName.QUEUE.id(request.getName(), "name"), wanted(request)));
  }

  private static QueueTrialRequest wanted(SimulateQueueRequest request) {
    Duration horizon = request.hasHorizon() ? WireTime.of(request.getHorizon()) : DEFAULT_HORIZON;
    return new QueueTrialRequest(
        request.getConcurrency() == 0
            ? OptionalInt.empty()
            : OptionalInt.of(request.getConcurrency()),
        request.hasRateLimit()
            ? Optional.of(
                new RateLimit(
                    request.getRateLimit().getPermits(),
                    WireTime.of(request.getRateLimit().getPeriod()).truncatedTo(ChronoUnit.MILLIS)))
            : Optional.empty(),
        request.getWithoutRateLimit(),
        request.getArrivalRateFactor() == 0 ? 1 : request.getArrivalRateFactor(),
        horizon.truncatedTo(ChronoUnit.MINUTES),
        request.hasTargetWait()
            ? Optional.of(WireTime.of(request.getTargetWait()))
            : Optional.empty());
  }

  private static SimulateQueueResponse toWire(QueueTrialAnswer answer) {
    SimulateQueueResponse.Builder wire =
        SimulateQueueResponse.newBuilder()
            .setSampleCount(answer.samples())
            .setConcurrency(answer.concurrency())
            .setNoResultReason(answer.missing());
    if (answer.missing().isEmpty()) {
      add(answer.result(), answer.now(), wire);
    }
    if (answer.proposed().isPresent()) {
      wire.setProposedConcurrency(answer.proposed().getAsInt())
          .setProposedWaitP90(WireTime.of(time(answer.proposedWaitP90())));
    }
    return wire.build();
  }

  private static void add(TrialResult result, Instant now, SimulateQueueResponse.Builder wire) {
    wire.setWaitP50(WireTime.of(time(result.waitP50())))
        .setWaitP90(WireTime.of(time(result.waitP90())))
        .setWaitP95(WireTime.of(time(result.waitP95())))
        .setMaximumDepth(result.maximumDepth())
        .setUtilization(result.utilization())
        .setArrivalCount(result.arrivals())
        .setSimulatedTime(WireTime.of(time(result.seconds())));
    List<Long> depths = result.depths();
    for (int i = 0; i < depths.size(); i++) {
      wire.addPoints(
          SimulationPoint.newBuilder()
              .setTime(WireTime.of(now.plus(time((i + 1) * result.step()))))
              .setDepth(depths.get(i)));
    }
  }

  private static Duration time(double seconds) {
    return Duration.ofNanos(Math.round(seconds * NANOS));
  }
}
