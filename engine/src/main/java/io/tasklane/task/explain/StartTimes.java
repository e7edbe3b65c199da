package io.tasklane.task.explain;

import io.tasklane.explain.Blocker;
import io.tasklane.explain.RunTimes;
import io.tasklane.explain.StartEstimate;
import io.tasklane.rollup.RollupReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** When a task starts, from what is before it and how long runs took lately. */
final class StartTimes {
  /** The same question has the same answer. */
  private static final long SEED = 1;

  private StartTimes() {}

  /**
   * Estimates.
   *
   * @param blockers of the task
   * @param ahead ready tasks before it
   */
  static StartEstimate estimate(
      Connection connection, WaitingFacts facts, List<Blocker> blockers, int ahead)
      throws SQLException {
    Optional<Blocker> open =
        blockers.stream().filter(blocker -> !blocker.clearsByItself()).findFirst();
    if (open.isPresent()) {
      return StartEstimate.missing("one of its blockers has no time at which it clears");
    }
    Instant begin =
        blockers.stream()
            .flatMap(blocker -> blocker.clearTime().stream())
            .reduce(facts.at(), (one, other) -> one.isAfter(other) ? one : other);
    int slots = facts.queue().slots().concurrency();
    int ends = Math.max(0, ahead + facts.queue().taken() - slots + 1);
    if (ends == 0) {
      return StartEstimate.of(begin, begin);
    }
    RunTimes runs = runs(connection, facts);
    if (!runs.areKnown()) {
      return StartEstimate.missing(
          "only "
              + runs.count()
              + " runs of this queue are known; an estimate needs "
              + RunTimes.FEWEST);
    }
    Blocker.Spread wait = runs.until(ends, slots, new SplittableRandom(SEED));
    return StartEstimate.of(begin.plus(wait.p50()), begin.plus(wait.p90()));
  }

  /** Of the last tasks that are kept, and where these are few, of all that were counted. */
  private static RunTimes runs(Connection connection, WaitingFacts facts) throws SQLException {
    RunTimes kept = RecentRuns.of(connection, facts.queue().key());
    if (kept.areKnown()) {
      return kept;
    }
    RollupReader rollups = new RollupReader(connection);
    RunTimes counted = RunTimes.of(rollups.recentRuns(facts.queue().key(), facts.at()));
    return counted.count() > kept.count() ? counted : kept;
  }
}
