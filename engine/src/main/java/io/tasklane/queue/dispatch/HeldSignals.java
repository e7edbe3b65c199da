package io.tasklane.queue.dispatch;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * Ready signals of tasks that run on other threads than the consumer's. Each is acknowledged after
 * its task's run is completed, so that another node gets it if this one dies first. A signal is
 * only a notice: if too many are held the oldest is dropped, and the table knows what is ready. For
 * the consumer's thread alone, because its session is.
 */
final class HeldSignals {
  private static final int MOST = 256;

  private final Map<Long, Message> held = new LinkedHashMap<>();

  /** Holds a signal until its task is completed. */
  void hold(long task, Message message) throws JMSException {
    Message before = held.put(task, message);
    if (before != null) {
      before.acknowledge();
    }
    if (held.size() > MOST) {
      acknowledge(held.keySet().iterator().next());
    }
  }

  /** Acknowledges the signals of tasks whose run has ended. */
  void release(LongPredicate isOver) throws JMSException {
    List<Long> over = new ArrayList<>();
    for (long task : held.keySet()) {
      if (isOver.test(task)) {
        over.add(task);
      }
    }
    for (long task : over) {
      acknowledge(task);
    }
  }

  private void acknowledge(long task) throws JMSException {
    held.remove(task).acknowledge();
  }
}
