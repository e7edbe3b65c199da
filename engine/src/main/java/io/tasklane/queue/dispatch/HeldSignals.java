package io.tasklane.queue.dispatch;

import io.tasklane.key.TaskKey;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Ready signals of tasks that run on other threads than the consumer's. Each is acknowledged after
 * its task's run is completed, so that another node gets it if this one dies first. A signal is
 * only a notice: if too many are held the oldest is dropped, and the table knows what is ready. For
 * the consumer's thread alone, because its session is.
 */
final class HeldSignals {
  private static final int MOST = 256;

  private final Map<TaskKey, Message> held = new LinkedHashMap<>();

  /** Holds a signal until its task is completed. */
  void hold(TaskKey task, Message message) throws JMSException {
    Message before = held.put(task, message);
    if (before != null) {
      before.acknowledge();
    }
    if (held.size() > MOST) {
      acknowledge(held.keySet().iterator().next());
    }
  }

  /** Acknowledges the signals of tasks whose run has ended. */
  void release(Predicate<TaskKey> isOver) throws JMSException {
    List<TaskKey> over = new ArrayList<>();
    for (TaskKey task : held.keySet()) {
      if (isOver.test(task)) {
        over.add(task);
      }
    }
    for (TaskKey task : over) {
      acknowledge(task);
    }
  }

  private void acknowledge(TaskKey task) throws JMSException {
    held.remove(task).acknowledge();
  }
}
