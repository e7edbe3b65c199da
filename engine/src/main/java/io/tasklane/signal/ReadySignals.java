package io.tasklane.signal;

import io.tasklane.task.Priority;
import java.time.Duration;

/** Is told, after the commit, of what waits now or will be due; must not block. */
@FunctionalInterface
public interface ReadySignals {
  /**
   * A task waits.
   *
   * @param queue key of its queue
   * @param task key of its row
   * @param priority how urgent
   */
  void ready(int queue, long task, Priority priority);

  /**
   * A task comes due in so long. Who does not listen finds it with the next tick, up to a second
   * late.
   */
  default void dueIn(Duration time) {}
}
