package io.tasklane.monitor;

import io.tasklane.task.state.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What became of the tasks of a queue since this node began to follow the log, on whatever node
 * they ran, and which run now. The counts only grow; they begin anew with the node.
 *
 * @param created tasks created
 * @param retried attempts that failed and were tried again
 * @param leasesLost runs whose node was lost
 * @param ended tasks that ended, by the state they ended in; absent means none
 * @param runs lengths of runs, in seconds
 * @param waits times from ready to start, in seconds
 * @param running those that run now, the longest first
 */
public record QueueTally(
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

  /** Keeps copies. */
  public QueueTally {
    ended = Map.copyOf(ended);
    running = List.copyOf(running);
  }
}
