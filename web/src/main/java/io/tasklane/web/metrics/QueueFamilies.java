package io.tasklane.web.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.tasklane.monitor.QueueCounters;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueState;
import io.tasklane.queue.QueueStats;
import io.tasklane.service.QueueService;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The families about queues. Each node folds them from the whole log, so all nodes say the same.
 */
final class QueueFamilies {
  private static final String CLUSTER = " Of the whole cluster: every node says the same.";
  private static final String SINCE =
      " Counted since this node started, over the whole cluster: do not add nodes up.";
  private static final List<TaskState> ACTIVE = List.of(TaskState.RUNNING, TaskState.CANCELLING);

  private static final int HIGHEST = 10;

  /** Only rates and percentiles depend on it, and none is shown here. */
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final Map<String, QueueStats> stats;
  private final Map<String, QueueCounters> tallies;
  private final Map<String, Queue> queues;

  QueueFamilies(QueueService service) {
    stats = service.knownStats(WINDOW);
    tallies = service.counters();
    queues = service.known();
  }

  List<MetricSnapshot> all() {
    List<MetricSnapshot> families = new ArrayList<>();
    families.add(queued().snapshot());
    families.add(byPriority().snapshot());
    families.add(active().snapshot());
    families.add(kept().snapshot());
    families.add(deadLetters().snapshot());
    families.add(oldestWait().snapshot());
    families.add(states().snapshot());
    families.add(created().snapshot());
    families.add(ended().snapshot());
    families.add(retries().snapshot());
    families.add(leaseLosses().snapshot());
    families.add(runs().snapshot());
    families.add(waits().snapshot());
    return families;
  }

  private Gauge queued() {
    Gauge gauge = new Gauge("tasklane_tasks_queued", "Tasks that wait to be started." + CLUSTER);
    stats.forEach((queue, now) -> gauge.add(now.depth(), "queue", queue));
    return gauge;
  }

  private Gauge byPriority() {
    Gauge gauge =
        new Gauge(
            "tasklane_tasks_queued_by_priority",
            "Tasks that wait to be started, by priority 1 to 10, 10 first." + CLUSTER);
    stats.forEach(
        (queue, now) -> {
          for (int p = 1; p <= HIGHEST; p++) {
            long depth = now.depthByPriority().getOrDefault(p, 0L);
            gauge.add(depth, "queue", queue, "priority", Integer.toString(p));
          }
        });
    return gauge;
  }

  private Gauge active() {
    Gauge gauge =
        new Gauge("tasklane_tasks_active", "Tasks that run now or are being stopped." + CLUSTER);
    stats.forEach(
        (queue, now) ->
            gauge.add(
                ACTIVE.stream().mapToLong(s -> now.countByState().getOrDefault(s, 0L)).sum(),
                "queue",
                queue));
    return gauge;
  }

  private Gauge kept() {
    Gauge gauge = new Gauge("tasklane_tasks", "Tasks that are kept, by state." + CLUSTER);
    stats.forEach(
        (queue, now) -> {
          for (TaskState state : TaskState.values()) {
            long count = now.countByState().getOrDefault(state, 0L);
            gauge.add(count, "queue", queue, "state", state.name());
          }
        });
    return gauge;
  }

  private Gauge deadLetters() {
    Gauge gauge =
        new Gauge("tasklane_dead_letters", "Failed tasks kept as dead letters." + CLUSTER);
    stats.forEach((queue, now) -> gauge.add(now.deadLetterCount(), "queue", queue));
    return gauge;
  }

  private Gauge oldestWait() {
    Gauge gauge =
        new Gauge(
            "tasklane_queue_oldest_wait_seconds",
            "How long the task that has waited longest has waited, 0 where none waits." + CLUSTER);
    stats.forEach(
        (queue, now) ->
            gauge.add(now.oldestAge().orElse(Duration.ZERO).toMillis() / 1e3, "queue", queue));
    return gauge;
  }

  private Gauge states() {
    Gauge gauge =
        new Gauge("tasklane_queue_state", "1 for the state the queue is in, else 0." + CLUSTER);
    queues.forEach(
        (id, queue) -> {
          for (QueueState state : QueueState.values()) {
            gauge.add(queue.state() == state, "queue", id, "state", state.name());
          }
        });
    return gauge;
  }

  private Counter created() {
    Counter counter = new Counter("tasklane_tasks_created", "Tasks created." + SINCE);
    tallies.forEach((queue, counts) -> counter.add(counts.created(), "queue", queue));
    return counter;
  }

  private Counter ended() {
    Counter counter =
        new Counter("tasklane_tasks_ended", "Tasks that ended, by how they ended." + SINCE);
    tallies.forEach(
        (queue, counts) -> {
          for (TaskState state : TaskState.values()) {
            if (state.isFinal()) {
              long count = counts.ended().getOrDefault(state, 0L);
              counter.add(count, "queue", queue, "state", state.name());
            }
          }
        });
    return counter;
  }

  private Counter retries() {
    Counter counter =
        new Counter("tasklane_task_retries", "Attempts that failed and were tried again." + SINCE);
    tallies.forEach((queue, counts) -> counter.add(counts.retried(), "queue", queue));
    return counter;
  }

  private Counter leaseLosses() {
    Counter counter =
        new Counter("tasklane_task_lease_losses", "Runs whose node was lost." + SINCE);
    tallies.forEach((queue, counts) -> counter.add(counts.leasesLost(), "queue", queue));
    return counter;
  }

  private Histogram runs() {
    Histogram histogram =
        new Histogram("tasklane_task_run_seconds", "How long runs took, failed ones too." + SINCE);
    tallies.forEach((queue, counts) -> histogram.add(counts.runs(), "queue", queue));
    return histogram;
  }

  private Histogram waits() {
    Histogram histogram =
        new Histogram(
            "tasklane_task_wait_seconds", "How long tasks waited, from ready to start." + SINCE);
    tallies.forEach((queue, counts) -> histogram.add(counts.waits(), "queue", queue));
    return histogram;
  }
}
