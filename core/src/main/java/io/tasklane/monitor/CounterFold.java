package io.tasklane.monitor;

import io.tasklane.event.LogEvent;
import io.tasklane.event.TaskChange;
import io.tasklane.key.TaskKey;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps a {@link QueueCounters} up to date. Not thread-safe. */
final class CounterFold {
  private static final List<Move> RUN_ENDS = List.of(Move.SUCCEED, Move.FAIL, Move.RETRY_LATER);
  private static final List<TaskState> AT_WORK = List.of(TaskState.RUNNING, TaskState.CANCELLING);

  private final Map<TaskState, Long> ended = new EnumMap<>(TaskState.class);
  private final Map<TaskKey, QueueCounters.Running> running = new HashMap<>();
  private final Buckets runs = Buckets.ofSeconds();
  private final Buckets waits = Buckets.ofSeconds();
  private long created;
  private long retried;
  private long leasesLost;

  /** This task was running when counting began. */
  void begin(TaskKey taskKey, QueueCounters.Running task) {
    running.put(taskKey, task);
  }

  /**
   * Applies a move.
   *
   * @param stay how long the task was in the state before
   */
  void take(LogEvent event, TaskChange change, Duration stay) {
    Move move = change.move().orElseThrow();
    created += change.from().isEmpty() ? 1 : 0;
    retried += move == Move.RETRY_LATER ? 1 : 0;
    leasesLost += move == Move.LOSE_LEASE ? 1 : 0;
    if (change.to().isFinal()) {
      ended.merge(change.to(), 1L, Long::sum);
    }
    if (move == Move.CLAIM) {
      waits.add(stay);
    }
    if (RUN_ENDS.contains(move) && change.from().filter(TaskState.RUNNING::equals).isPresent()) {
      runs.add(stay);
    }
    keepRunning(event, change);
  }

  private void keepRunning(LogEvent event, TaskChange change) {
    if (AT_WORK.contains(change.to())) {
      running.putIfAbsent(
          change.taskKey(),
          new QueueCounters.Running(event.subject(), change.taskType(), event.time()));
    } else {
      running.remove(change.taskKey());
    }
  }

  QueueCounters counters() {
    return new QueueCounters(
        created,
        retried,
        leasesLost,
        ended,
        runs.distribution(),
        waits.distribution(),
        running.values().stream()
            .sorted(Comparator.comparing(QueueCounters.Running::since))
            .toList());
  }
}
