package io.tasklane.monitor;

import io.tasklane.event.LogEvent;
import io.tasklane.event.Removal;
import io.tasklane.event.TaskChange;
import io.tasklane.queue.QueueStats;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The figures of one queue, kept up to date by its events. Begins with what a query counted and
 * follows the log from there. Not for use by several threads at once.
 */
public final class QueueFold {
  private final Map<TaskState, Long> byState = new EnumMap<>(TaskState.class);
  private final Map<Integer, Long> byPriority = new HashMap<>();
  private final RateWindow added = new RateWindow();
  private final RateWindow started = new RateWindow();
  private final RateWindow succeeded = new RateWindow();
  private final RateWindow failed = new RateWindow();
  private final DurationWindow runs = new DurationWindow();
  private final DurationWindow waits = new DurationWindow();
  private long deadLetters;
  private final TallyFold tally = new TallyFold();
  private long revision;

  /** Counts so many tasks in this state, as found at the beginning. */
  public void begin(TaskState state, int priority, long count) {
    byState.merge(state, count, Long::sum);
    if (state == TaskState.QUEUED) {
      byPriority.merge(priority, count, Long::sum);
    }
  }

  /** Counts so many dead letters, as found at the beginning. */
  public void beginDeadLetters(long count) {
    deadLetters += count;
  }

  /** This task runs, as found at the beginning. */
  public void begin(long taskKey, QueueTally.Running task) {
    tally.begin(taskKey, task);
  }

  /** Takes in an event of this queue. */
  public void apply(LogEvent event) {
    revision = Math.max(revision, event.sequence());
    if (event.type().equals(LogEvent.TASK_STATE_CHANGED)) {
      event.change().ifPresent(change -> move(event, change));
    } else if (event.type().equals(LogEvent.DEAD_LETTER_DISCARDED)) {
      deadLetters--;
    }
    event.removal().ifPresent(this::remove);
  }

  private void remove(Removal gone) {
    byState.merge(gone.state(), -1L * gone.count(), QueueFold::sumOrNothing);
    deadLetters -= gone.deadLetters();
  }

  private void move(LogEvent event, TaskChange change) {
    Instant at = event.time();
    int before = change.previousPriority().orElse(change.priority());
    change.from().ifPresent(from -> count(from, before, -1));
    count(change.to(), change.priority(), 1);
    deadLetters += change.to() == TaskState.FAILED ? 1 : 0;
    Duration stay = change.since().map(since -> Duration.between(since, at)).orElse(Duration.ZERO);
    tally.take(event, change, stay);
    if (change.from().isEmpty()) {
      added.add(at);
    }
    switch (change.move().orElseThrow()) {
      case CLAIM -> {
        started.add(at);
        waits.add(at, stay);
      }
      case SUCCEED -> {
        succeeded.add(at);
        runs.add(at, stay);
      }
      case FAIL, RETRY_LATER -> {
        runs.add(at, stay);
        if (change.to() == TaskState.FAILED) {
          failed.add(at);
        }
      }
      case EXPIRE -> failed.add(at);
      default -> {
        // counted above; nothing of it is a rate
      }
    }
  }

  private void count(TaskState state, int priority, long step) {
    byState.merge(state, step, QueueFold::sumOrNothing);
    if (state == TaskState.QUEUED) {
      byPriority.merge(priority, step, QueueFold::sumOrNothing);
    }
  }

  private static Long sumOrNothing(Long before, Long step) {
    long sum = before + step;
    return sum == 0 ? null : sum;
  }

  /** What it has counted since it began to follow, and what runs. */
  public QueueTally tally() {
    return tally.tally();
  }

  /**
   * The figures now.
   *
   * @param now the present
   * @param window what rates and durations are over
   * @param oldestAge how long the longest-waiting task has waited
   */
  public QueueStats figures(Instant now, Duration window, Optional<Duration> oldestAge) {
    long depth = byState.getOrDefault(TaskState.QUEUED, 0L);
    double addRate = added.perSecond(now, window);
    double dispatchRate = started.perSecond(now, window);
    return new QueueStats(
        depth,
        Map.copyOf(byPriority),
        Map.copyOf(byState),
        oldestAge,
        addRate,
        dispatchRate,
        succeeded.perSecond(now, window),
        failed.perSecond(now, window),
        runs.percentile(now, window, 0.50),
        runs.percentile(now, window, 0.95),
        waits.percentile(now, window, 0.95),
        untilEmpty(depth, dispatchRate - addRate),
        deadLetters,
        revision);
  }

  private static Optional<Duration> untilEmpty(long depth, double shrinkRate) {
    if (depth == 0) {
      return Optional.of(Duration.ZERO);
    }
    return shrinkRate > 0
        ? Optional.of(Duration.ofMillis(Math.round(1000 * depth / shrinkRate)))
        : Optional.empty();
  }
}
