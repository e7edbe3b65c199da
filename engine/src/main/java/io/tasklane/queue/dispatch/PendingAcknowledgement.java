package io.tasklane.queue.dispatch;

import io.tasklane.signal.SignalConsumer;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * The message that belongs to the run under way, and the next one. Each is acknowledged only when
 * the run it led to is settled.
 */
final class PendingAcknowledgement {
  /** Where there is no broker. */
  static final PendingAcknowledgement NONE = new PendingAcknowledgement(null, Optional.empty());

  /** After a look that found no message, so many runs go by before the next look. */
  private static final int RUNS_BETWEEN_LOOKS = 8;

  private final SignalConsumer consumer;
  private Optional<Message> current;
  private int runsToGo;
  private boolean gone;

  PendingAcknowledgement(SignalConsumer consumer, Optional<Message> first) {
    this.consumer = consumer;
    this.current = first;
  }

  boolean isConnected() {
    return consumer != null;
  }

  boolean hasTask() {
    return current.isPresent();
  }

  /** Key of the task that the message in hand is about. */
  long task() throws JMSException {
    return current.orElseThrow().getLongProperty("task");
  }

  /**
   * The run is settled: its message is done with, and the next one, if it is there, taken.
   *
   * <p>A broker that has gone is not told of here: the next task is claimed already, and an
   * exception on the way to its run would leave it claimed for ever. Whoever waits for the next
   * message hears of it.
   */
  void next() {
    try {
      acknowledge();
      if (consumer != null && !gone && runsToGo-- <= 0) {
        current = consumer.pollNow();
        runsToGo = current.isPresent() ? 0 : RUNS_BETWEEN_LOOKS;
      }
    } catch (JMSException | RuntimeException away) {
      current = Optional.empty();
      gone = true;
    }
  }

  /** A message whose task runs beside this thread, or waits for a lane, is held until then. */
  void holdOrAcknowledge(HeldSignals held, LongPredicate isDoneWith) throws JMSException {
    if (current.isPresent() && !isDoneWith.test(task())) {
      held.hold(task(), current.get());
      current = Optional.empty();
    }
    acknowledge();
  }

  private void acknowledge() throws JMSException {
    if (current.isPresent()) {
      current.get().acknowledge();
      current = Optional.empty();
    }
  }
}
