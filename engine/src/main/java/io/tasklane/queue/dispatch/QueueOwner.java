package io.tasklane.queue.dispatch;

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
 * The consumer of one queue on this node. A message says that something waits; what runs next is
 * what the table says. Without a message, or without a broker, it looks by itself once a second.
 */
final class QueueOwner implements Runnable {
  private static final Logger LOG = Logger.getLogger(QueueOwner.class.getName());
  private static final Duration IDLE_LOOK = Duration.ofSeconds(1);

  private final String queueId;
  private final Broker broker;
  private final QueueWork work;
  private final WakeUp bell = new WakeUp();
  private volatile boolean closed;
  private volatile boolean brokerAway;

  QueueOwner(String queueId, Broker broker, QueueWork work) {
    this.queueId = queueId;
    this.broker = broker;
    this.work = work;
  }

  /** The queue may start tasks again. */
  void ring() {
    bell.ring();
  }

  void close() {
    closed = true;
    bell.ring();
  }

  boolean isBrokerAway() {
    return brokerAway;
  }

  @Override
  public void run() {
    while (!closed) {
      try {
        work.drain(
            PendingAcknowledgement.NONE); // takes the queue, so that the broker hears who owns it
        serve(work.rank());
      } catch (JMSException away) {
        if (!brokerAway) {
          LOG.log(Level.WARNING, queueId + ": no broker; going on from the table", away);
        }
        brokerAway = true;
        serveOnceWithoutBroker();
      } catch (InterruptedException stop) {
        return;
      } catch (RuntimeException | Error fault) { // also an Error must not end the queue's thread
        LOG.log(Level.SEVERE, queueId + ": trying again in a second", fault);
        serveOnceWithoutBroker();
      }
    }
  }

  /** Until the rank has changed, messages came that are another node's, or one that is nobody's. */
  private void serve(ConsumerPriority rank) throws JMSException, InterruptedException {
    HeldSignals held = new HeldSignals();
    QueueWork.Rest rest = QueueWork.Rest.UNTIL_HINTED;
    try (SignalConsumer hints = SignalConsumer.open(broker, queueId, rank)) {
      brokerAway = false;
      while (!closed && !hints.isSpent() && work.rank() == rank) {
        work.waits(rest == QueueWork.Rest.UNTIL_HINTED);
        Optional<Message> message = hints.await(IDLE_LOOK);
        work.waits(false);
        if (hints.isSpent()) {
          break; // acknowledges nothing more
        }
        PendingAcknowledgement inHand = new PendingAcknowledgement(hints, message);
        boolean isNominated = inHand.hasTask();
        rest = work.drain(inHand);
        if (isNominated && rest == QueueWork.Rest.ANOTHERS) {
          break; // closing gives the messages back
        }
        held.release(work::isDoneWith);
        inHand.holdOrAcknowledge(held, work::isDoneWith);
        if (rest == QueueWork.Rest.UNTIL_RUNG) {
          bell.await(IDLE_LOOK);
        }
      }
    }
    if (rest == QueueWork.Rest.ANOTHERS && work.rank() == rank) {
      bell.await(IDLE_LOOK); // stands back for the owner
    }
  }

  private void serveOnceWithoutBroker() {
    try {
      work.waits(true);
      bell.await(IDLE_LOOK);
      work.waits(false);
      if (!closed) {
        work.drain(PendingAcknowledgement.NONE);
      }
    } catch (InterruptedException stop) {
      closed = true;
    } catch (JMSException | RuntimeException | Error fault) {
      LOG.log(Level.SEVERE, queueId + ": trying again in a second", fault);
    }
  }
}
