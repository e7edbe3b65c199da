package io.tasklane.task.store;

import io.tasklane.task.Priority;

/** Is told, after the commit, of every task that has become ready; must not block. */
@FunctionalInterface
public interface Hints {
  /**
   * A task waits.
   *
   * @param queue key of its queue
   * @param task key of its row
   * @param priority how urgent
   */
  void ready(int queue, long task, Priority priority);
}
