package io.tasklane.engine;

import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.Priority;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Wakes whoever acts on a ready or due task: owners by a ready signal, the work that is due by an
 * alarm.
 */
record WakeUps(ReadySignals owners, Consumer<Duration> alarm) implements ReadySignals {
  @Override
  public void ready(QueueKey queue, TaskKey task, Priority priority) {
    owners.ready(queue, task, priority);
  }

  @Override
  public void dueIn(Duration time) {
    alarm.accept(time);
  }
}
