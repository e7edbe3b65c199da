package io.tasklane.queue.dispatch;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * Messages of tasks that run beside the thread that consumes. Each is acknowledged when its task's
 * run is settled, so that another node gets it should this one die before. A message only hints:
 * where too many are held the oldest is let go, and the table knows what waits. For the consumer's
 * thread alone, as its session is.
 */
final class HeldSignals {
  private static final int MOST = 256;

  private final Map<Long, Message> held = new LinkedHashMap<>();

  /** Holds a message until its task is settled. */
  void hold(long task, Message message) throws JMSException {
    Message before = held.put(task, message);
    if (before != null) {
      before.acknowledge();
    }
    if (held.size() > MOST) {
      acknowledge(held.keySet().iterator().next());
    }
  }

  /** Acknowledges those whose task's run is over. */
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
