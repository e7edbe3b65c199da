package io.tasklane.signal;

import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Priority;
import java.time.Duration;

/** Is notified, after the commit, of tasks that are ready now or will be due; must not block. */
@FunctionalInterface
public interface ReadySignals {
  /** A task is ready. */
  void ready(QueueKey queue, TaskKey task, Priority priority);

  /** Whoever owns this queue, or may own it now, should look whether it may start a task. */
  default void look(QueueKey queue) {
    ready(queue, TaskKey.NONE, new Priority(10));
  }

  /**
   * A task comes due after this delay. An implementation that ignores it finds the task with the
   * next tick, up to a second late.
   */
  default void dueIn(Duration time) {}
}
