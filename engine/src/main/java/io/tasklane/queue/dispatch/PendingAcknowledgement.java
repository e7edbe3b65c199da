package io.tasklane.queue.dispatch;

import io.tasklane.key.TaskKey;
import io.tasklane.signal.SignalConsumer;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The ready signal of the run under way, and the next signal. Each is acknowledged only after the
 * run it led to is completed.
 */
final class PendingAcknowledgement {
  /** For an owner without a broker. */
  static final PendingAcknowledgement NONE = new PendingAcknowledgement(null, Optional.empty());

  /** After a look that found no message, so many runs pass before the next look. */
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

  /** Key of the task that the current signal is about. */
  TaskKey task() throws JMSException {
    return new TaskKey(current.orElseThrow().getLongProperty("task"));
  }

  /**
   * The run is completed: acknowledges its signal, and takes the next one if there is one.
   *
   * <p>A lost broker is not reported here: the next task is claimed already, and an exception on
   * the way to its run would leave it claimed for ever. Whoever waits for the next message gets the
   * exception.
   *
   * @return whether it took one: what that says may have come after the last claim
   */
  boolean next() {
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
    return hasTask();
  }

  /**
   * Holds the signal of a task that runs on another thread, or waits for a slot, until its run has
   * ended.
   */
  void holdOrAcknowledge(HeldSignals held, Predicate<TaskKey> isDoneWith) throws JMSException {
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
