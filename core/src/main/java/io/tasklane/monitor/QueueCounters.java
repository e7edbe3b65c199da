package io.tasklane.monitor;

import io.tasklane.task.state.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Counters of the tasks of a queue since this node began to follow the log, on whichever node they
 * ran, and the tasks that run now. The counts only grow; they start at zero with the node.
 *
 * @param created tasks created
 * @param retried attempts that failed and were tried again
 * @param leasesLost runs whose node was lost
 * @param ended tasks that ended, by final state; absent means none
 * @param runs durations of runs, in seconds
 * @param waits times from ready to start, in seconds
 * @param running running tasks, the longest first
 */
public record QueueCounters(
    long created,
    long retried,
    long leasesLost,
    Map<TaskState, Long> ended,
    Distribution runs,
    Distribution waits,
    List<Running> running) {
  /**
   * A task that runs.
   *
   * @param name such as "tasks/x"
   * @param taskType name of its type
   * @param since when this run began
   */
  public record Running(String name, String taskType, Instant since) {}

  /** Copies the collections. */
  public QueueCounters {
    ended = Map.copyOf(ended);
    running = List.copyOf(running);
  }
}
