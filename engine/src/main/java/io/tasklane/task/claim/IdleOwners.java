package io.tasklane.task.claim;

import io.tasklane.commit.Ownership;
import io.tasklane.key.QueueKey;
import io.tasklane.task.Task;
import java.util.Optional;

/**
 * The queue owners on this node that wait for a task. A command that creates a task can claim for
 * them at once. That an owner still waits is only likely: the claim decides.
 */
@FunctionalInterface
public interface IdleOwners {
  /** None ever waits. */
  IdleOwners NONE = queue -> Optional.empty();

  /** The idle owner of the queue with this key; empty where none waits. */
  Optional<Idle> of(QueueKey queue);

  /** An owner that waits. */
  interface Idle {
    /** On whose behalf to claim. */
    Ownership ownership();

    /** Runs this task, which was claimed for it; must not block. */
    void run(Task claimed);

    /** Nothing could be claimed for it: it counts as busy until it has looked for tasks itself. */
    void isBusy();
  }
}
