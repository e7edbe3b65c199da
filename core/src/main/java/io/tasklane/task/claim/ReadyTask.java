package io.tasklane.task.claim;

import io.tasklane.key.TaskKey;
import io.tasklane.task.RunRules;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A ready task among those of its queue; the smallest runs first.
 *
 * @param id key of its row
 * @param interrupted whether its last run was interrupted: such work goes before all other
 * @param orderKey its place by the queue's policy; of equals, the task created first goes first
 * @param mayStart whether neither its time is over nor a feature keeps it from starting
 * @param rules for its runs
 */
public record ReadyTask(
    TaskKey id, boolean interrupted, long orderKey, boolean mayStart, RunRules rules)
    implements Comparable<ReadyTask> {
  private static final Comparator<ReadyTask> ORDER =
      Comparator.comparing((ReadyTask task) -> !task.interrupted())
          .thenComparingLong(ReadyTask::orderKey)
          .thenComparing(ReadyTask::id);

  @Override
  public int compareTo(ReadyTask other) {
    return ORDER.compare(this, other);
  }

  /**
   * Whether it is not claimed ahead, together with others: interrupted work, so that a task that
   * crashes its node can be told apart from tasks that were only claimed with it, and tasks whose
   * rules concern other runs.
   */
  public boolean isClaimedAlone() {
    return interrupted
        || rules.orderingKey().isPresent()
        || !rules.resourceUnits().isEmpty()
        || rules.preemptible();
  }

  /**
   * Those that one claim takes, in the order in which they are to run: up to the first that cannot
   * be claimed this way.
   *
   * @param ready tasks of one queue
   * @param wanted how many to claim
   * @param freeSlots runs that may start beside those under way
   * @param ahead whether tasks are claimed before those in front of them have ended
   */
  public static List<ReadyTask> claimed(
      Collection<ReadyTask> ready, int wanted, int freeSlots, boolean ahead) {
    return ready.stream()
        .sorted()
        .limit(Math.min(wanted, freeSlots))
        .takeWhile(task -> task.mayStart() && !(ahead && task.isClaimedAlone()))
        .toList();
  }
}
