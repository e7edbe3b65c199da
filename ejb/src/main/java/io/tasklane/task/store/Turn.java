package io.tasklane.task.store;

import io.tasklane.store.Ownership;
import io.tasklane.task.Settlement;
import java.util.List;
import java.util.Optional;

/**
 * One step of a queue, in one command: the run that has ended is settled and the head of what waits
 * is claimed. Either part may be missing.
 *
 * @param owner on whose behalf
 * @param settle the run that has ended
 * @param claim whether to claim the next
 */
public record Turn(Ownership owner, Optional<Settle> settle, boolean claim) {
  /**
   * A run that has ended.
   *
   * @param task key of the row
   * @param token the fencing token of the run
   * @param settlement what becomes of it
   * @param children of the settlement, ready to become rows
   * @param log what the handler logged
   * @param orderingKey of the task
   */
  public record Settle(
      long task,
      long token,
      Settlement settlement,
      List<NewTask> children,
      String log,
      Optional<String> orderingKey) {
    /** Of a task without an ordering key. */
    public Settle(
        long task, long token, Settlement settlement, List<NewTask> children, String log) {
      this(task, token, settlement, children, log, Optional.empty());
    }
  }
}
