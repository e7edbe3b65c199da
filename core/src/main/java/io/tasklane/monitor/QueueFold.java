package io.tasklane.monitor;

import io.tasklane.event.LogEvent;
import io.tasklane.event.Removal;
import io.tasklane.event.TaskChange;
import io.tasklane.key.TaskKey;
import io.tasklane.queue.QueueStats;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The statistics of one queue, updated by its events. Starts from what a query counted and follows
 * the log from there. Not thread-safe.
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
  private final CounterFold counters = new CounterFold();
  private long revision;

  /** Adds tasks in this state, as counted at the start. */
  public void begin(TaskState state, int priority, long count) {
    byState.merge(state, count, Long::sum);
    if (state == TaskState.QUEUED) {
      byPriority.merge(priority, count, Long::sum);
    }
  }

  /** Adds dead letters, as counted at the start. */
  public void beginDeadLetters(long count) {
    deadLetters += count;
  }

  /** Adds a running task, as found at the start. */
  public void begin(TaskKey taskKey, QueueCounters.Running task) {
    counters.begin(taskKey, task);
  }

  /** Applies an event of this queue. */
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
    counters.take(event, change, stay);
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
        // counted above; it affects no rate
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

  /** The counters since it began to follow, and the running tasks. */
  public QueueCounters counters() {
    return counters.counters();
  }

  /**
   * The statistics now.
   *
   * @param now the present
   * @param window of rates and durations
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
