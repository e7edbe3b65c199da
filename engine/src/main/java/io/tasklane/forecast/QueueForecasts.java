package io.tasklane.forecast;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueState;
import io.tasklane.queue.RateLimit;
import io.tasklane.queue.admin.QueueReader;
import io.tasklane.rollup.RollupCounts;
import io.tasklane.rollup.RollupReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * Forecasts of queues.
 *
 * @param connection to read on
 */
record QueueForecasts(Connection connection) {
  /** The same question about the same state has the same answer. */
  private static final long SEED = 1;

  private static final Duration LATELY = Duration.ofHours(1);
  private static final double NANOS = 1e9;

  private static final String NOW =
      """
      SELECT clock_timestamp() AS now,
          (SELECT count(*) FROM task_ready r WHERE r.queue = :queue)
            + (SELECT count(*) FROM task_aside a WHERE a.queue = :queue) AS waiting,
          (SELECT count(*) FROM task_lease l WHERE l.queue = :queue) AS running""";

  private record Now(Instant time, int waiting, int running) {}

  private Now now(Queue queue) throws SQLException {
    return NamedSql.on(connection, NOW)
        .set("queue", queue.key())
        .one(
            row ->
                new Now(
                    Rows.instant(row, "now").orElseThrow(),
                    row.getInt("waiting"),
                    row.getInt("running")));
  }

  /** What was in and came to the queue, in the whole minutes of this time. */
  private QueueLoad load(Queue queue, Now now, Duration horizon) throws SQLException {
    RollupReader rollups = new RollupReader(connection);
    int minutes = (int) horizon.toMinutes();
    Instant from = now.time().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(minutes));
    List<Long> arrivals =
        rollups.arrivals(queue.key(), from, minutes).stream()
            .map(types -> types.values().stream().mapToLong(Long::longValue).sum())
            .toList();
    return new QueueLoad(
        arrivals, rollups.recentRuns(queue.key(), now.time()), now.waiting(), now.running());
  }

  private static TrialSettings settings(Queue queue) {
    return new TrialSettings(queue.policy().concurrency(), queue.policy().limits().rate(), 1);
  }

  /** When nothing waits in this queue any more. */
  EmptyTime emptyTime(String queueId) throws SQLException {
    Queue queue = new QueueReader(connection).require(queueId);
    Now now = now(queue);
    if (queue.state() == QueueState.PAUSED && now.waiting() > 0) {
      return EmptyTime.unknown("it is paused");
    }
    return EmptyTime.of(load(queue, now, LATELY), settings(queue), new SplittableRandom(SEED));
  }

  /** How this queue would do. */
  QueueTrialAnswer trial(String queueId, QueueTrialRequest wanted) throws SQLException {
    Queue queue = new QueueReader(connection).require(queueId);
    Now now = now(queue);
    QueueLoad load = load(queue, now, wanted.horizon());
    Optional<RateLimit> present =
        wanted.withoutRate() ? Optional.empty() : queue.policy().limits().rate();
    TrialSettings settings =
        new TrialSettings(
            wanted.concurrency().orElse(queue.policy().concurrency()),
            wanted.rate().or(() -> present),
            wanted.arrivalsFactor());
    long samples = load.runs().count();
    if (samples < RollupCounts.FEWEST) {
      String missing =
          "only "
              + samples
              + " runs of this queue are known; a simulation needs "
              + RollupCounts.FEWEST;
      return new QueueTrialAnswer(
          now.time(),
          missing,
          settings.concurrency(),
          TrialResult.NONE,
          OptionalInt.empty(),
          0,
          samples);
    }
    QueueTrial trial = new QueueTrial(load, settings.arrivalsFactor(), new SplittableRandom(SEED));
    OptionalInt proposed =
        wanted.targetWait().isEmpty()
            ? OptionalInt.empty()
            : trial.concurrencyFor(wanted.targetWait().get().toNanos() / NANOS, settings);
    double proposedWait =
        proposed.isEmpty() ? 0 : trial.play(settings.with(proposed.getAsInt())).waitP90();
    return new QueueTrialAnswer(
        now.time(),
        "",
        settings.concurrency(),
        trial.play(settings),
        proposed,
        proposedWait,
        samples);
  }
}
