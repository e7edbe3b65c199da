package io.tasklane.resource;

import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A task that was set aside because a resource had too few free units for it.
 *
 * @param rank 0 for interrupted work, else 1
 * @param orderKey its place among its rank
 * @param units that it needs of the resource
 */
public record WaitingTask(QueueKey queue, TaskKey task, int rank, long orderKey, int units) {
  private static final Comparator<WaitingTask> ORDER =
      Comparator.comparingInt(WaitingTask::rank)
          .thenComparingLong(WaitingTask::orderKey)
          .thenComparing(WaitingTask::task);

  /**
   * Those that return to their queues when the resource has free units: of each queue the first
   * that it has enough units for, at most as many as there are units. The claims decide which of
   * them start; the others are set aside again.
   *
   * @param waiting for one resource
   * @param free its free units; none return where there are none
   * @param most of one queue, at least 1
   */
  public static List<WaitingTask> returned(List<WaitingTask> waiting, int free, int most) {
    return waiting.stream()
        .filter(task -> task.units() <= free)
        .sorted(ORDER)
        .collect(Collectors.groupingBy(WaitingTask::queue))
        .values()
        .stream()
        .flatMap(queue -> queue.stream().limit(Math.min(Math.max(free, 0), most)))
        .toList();
  }
}
