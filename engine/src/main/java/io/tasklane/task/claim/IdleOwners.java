package io.tasklane.task.claim;

import io.tasklane.commit.Ownership;
import io.tasklane.task.Task;
import java.util.Optional;

/**
 * The owners of queues on this node that wait for a task to come. Who creates one can claim for
 * them in the same command. That an owner waits is only likely: the claim decides.
 */
@FunctionalInterface
public interface IdleOwners {
  /** None ever waits. */
  IdleOwners NONE = queue -> Optional.empty();

  /** That of the queue with this key. */
  Optional<Idle> of(int queue);

  /** An owner that waits. */
  interface Idle {
    /** On whose behalf to claim. */
    Ownership ownership();

    /** Runs this task, which was claimed for it; must not block. */
    void run(Task claimed);

    /** Nothing could be claimed for it: it is not to be asked again before it has looked itself. */
    void isBusy();
  }
}
