package io.tasklane.engine;

import io.tasklane.task.Priority;
import io.tasklane.task.store.Hints;
import java.time.Duration;
import java.util.function.Consumer;

/** Calls whoever acts on what waits: the owners by a message, the clockwork by an alarm. */
record Calling(Hints owners, Consumer<Duration> alarm) implements Hints {
  @Override
  public void ready(int queue, long task, Priority priority) {
    owners.ready(queue, task, priority);
  }

  @Override
  public void dueIn(Duration time) {
    alarm.accept(time);
  }
}
