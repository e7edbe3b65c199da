package io.tasklane.engine;

import io.tasklane.signal.ReadySignals;
import io.tasklane.task.Priority;
import java.time.Duration;
import java.util.function.Consumer;

/** Calls whoever acts on what waits: the owners by a message, the clockwork by an alarm. */
record WakeUps(ReadySignals owners, Consumer<Duration> alarm) implements ReadySignals {
  @Override
  public void ready(int queue, long task, Priority priority) {
    owners.ready(queue, task, priority);
  }

  @Override
  public void dueIn(Duration time) {
    alarm.accept(time);
  }
}
