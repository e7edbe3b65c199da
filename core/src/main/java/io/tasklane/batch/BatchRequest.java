package io.tasklane.batch;

import io.tasklane.task.Actor;
import io.tasklane.task.Priority;
import java.util.Optional;

/**
 * What somebody wants to be done to many targets.
 *
 * @param kind what is done to each
 * @param filter which targets, as text; see {@link BatchFilter}
 * @param priority the new one for SET_PRIORITY; empty for the other kinds
 * @param force for CANCEL_TASKS: whether running handlers are interrupted at once
 * @param ignoreDependencies for copies: whether they run though their needs are not met
 * @param perSecond most targets a second, 1 to {@link BatchPace#FASTEST}
 * @param actor who wants it, and why
 */
public record BatchRequest(
    BatchKind kind,
    String filter,
    Optional<Priority> priority,
    boolean force,
    boolean ignoreDependencies,
    int perSecond,
    Actor actor) {
  /**
   * Checks that what was given belongs to the kind.
   *
   * @throws InvalidBatchException with the field and what is allowed
   */
  public BatchRequest {
    boolean sets = kind == BatchKind.SET_PRIORITY;
    require(sets == priority.isPresent(), "priority", "1 to 10 for SET_PRIORITY, 0 otherwise");
    require(!force || kind == BatchKind.CANCEL_TASKS, "force", "true for CANCEL_TASKS only");
    require(
        !ignoreDependencies || kind.copies(),
        "ignore_dependencies",
        "true for RETRY_TASKS and REPLAY_DEAD_LETTERS only");
    require(
        perSecond >= 1 && perSecond <= BatchPace.FASTEST,
        "maximum_per_second",
        "1 to " + BatchPace.FASTEST);
  }

  private static void require(boolean met, String field, String allowed) {
    if (!met) {
      throw new InvalidBatchException(field, allowed);
    }
  }
}
