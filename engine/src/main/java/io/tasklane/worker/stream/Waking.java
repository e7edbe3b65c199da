package io.tasklane.worker.stream;

import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.Priority;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Signals that also wake the owner of the queue if it is on this node, which needs no broker for
 * that.
 *
 * @param signals to whichever node owns a queue
 * @param wake wakes the owner of a queue, here or elsewhere
 */
record Waking(ReadySignals signals, Consumer<QueueKey> wake) implements ReadySignals {
  @Override
  public void ready(QueueKey queue, TaskKey task, Priority priority) {
    signals.ready(queue, task, priority);
  }

  @Override
  public void look(QueueKey queue) {
    wake.accept(queue);
  }

  @Override
  public void dueIn(Duration time) {
    signals.dueIn(time);
  }
}
