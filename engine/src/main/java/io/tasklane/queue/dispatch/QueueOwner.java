package io.tasklane.queue.dispatch;

import io.tasklane.fault.OngoingFaults;
import io.tasklane.signal.Broker;
import io.tasklane.signal.ConsumerPriority;
import io.tasklane.signal.SignalConsumer;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The consumer of one queue on this node. A message says that a task is ready; the table says which
 * task runs next. Without a message, or without a broker, it looks into the table once a second.
 */
final class QueueOwner implements Runnable {
  private static final Logger LOG = Logger.getLogger(QueueOwner.class.getName());
  private static final Duration IDLE_LOOK = Duration.ofSeconds(1);

  private final String queueId;
  private final Broker broker;
  private final QueueWork work;
  private final OngoingFaults faults;
  private final WakeUp wakeUp = new WakeUp();
  private volatile boolean closed;
  private volatile boolean brokerAway;

  QueueOwner(String queueId, Broker broker, QueueWork work, OngoingFaults faults) {
    this.faults = faults;
    this.queueId = queueId;
    this.broker = broker;
    this.work = work;
  }

  /** The queue may start tasks again. */
  void wake() {
    wakeUp.wake();
  }

  void close() {
    closed = true;
    wakeUp.wake();
  }

  boolean isBrokerAway() {
    return brokerAway;
  }

  @Override
  public void run() {
    while (!closed) {
      try {
        work.drain(
            PendingAcknowledgement.NONE); // takes the queue, so that the broker learns who owns it
        faults.ended(dispatch());
        serve(work.rank());
      } catch (JMSException away) {
        if (!brokerAway) {
          LOG.log(Level.WARNING, queueId + ": no broker; going on from the table", away);
        }
        brokerAway = true;
        serveOnceWithoutBroker();
      } catch (InterruptedException stop) {
        closed = true;
      } catch (RuntimeException | Error fault) { // even an Error must not end the queue's thread
        faults.failed(dispatch(), fault);
        serveOnceWithoutBroker();
      }
    }
    faults.ended(dispatch());
  }

  /** What fails where a turn does. */
  private String dispatch() {
    return "queues/" + queueId + ": dispatch";
  }

  /**
   * Messages that came before the consumer's priority changed belong to another node, or to none.
   */
  private void serve(ConsumerPriority rank) throws JMSException, InterruptedException {
    HeldSignals held = new HeldSignals();
    QueueWork.Rest rest = QueueWork.Rest.UNTIL_SIGNAL;
    try (SignalConsumer signals = SignalConsumer.open(broker, queueId, rank)) {
      brokerAway = false;
      while (!closed && !signals.isSpent() && work.rank() == rank) {
        work.waits(rest == QueueWork.Rest.UNTIL_SIGNAL);
        Optional<Message> message = signals.await(IDLE_LOOK);
        work.waits(false);
        if (signals.isSpent()) {
          break; // acknowledges nothing more
        }
        PendingAcknowledgement pending = new PendingAcknowledgement(signals, message);
        boolean isNominated = pending.hasTask();
        rest = work.drain(pending);
        faults.ended(dispatch());
        if (isNominated && rest == QueueWork.Rest.ANOTHERS) {
          break; // closing returns the messages to the broker
        }
        held.release(work::isDoneWith);
        pending.holdOrAcknowledge(held, work::isDoneWith);
        if (rest == QueueWork.Rest.UNTIL_WOKEN) {
          wakeUp.await(IDLE_LOOK);
        }
      }
    }
    if (rest == QueueWork.Rest.ANOTHERS && work.rank() == rank) {
      wakeUp.await(IDLE_LOOK); // waits, so that the owner comes first
    }
  }

  private void serveOnceWithoutBroker() {
    try {
      work.waits(true);
      wakeUp.await(IDLE_LOOK);
      work.waits(false);
      if (!closed) {
        work.drain(PendingAcknowledgement.NONE);
        faults.ended(dispatch());
      }
    } catch (InterruptedException stop) {
      closed = true;
    } catch (JMSException | RuntimeException | Error fault) {
      faults.failed(dispatch(), fault);
    }
  }
}
