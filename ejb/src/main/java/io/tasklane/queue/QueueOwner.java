package io.tasklane.queue;

import io.tasklane.queue.jms.Broker;
import io.tasklane.queue.jms.HintConsumer;
import jakarta.jms.JMSException;
import java.time.Duration;
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
  private final Bell bell = new Bell();
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
      try (HintConsumer hints = HintConsumer.open(broker, queueId)) {
        brokerAway = false;
        serve(hints);
      } catch (JMSException away) {
        if (!brokerAway) {
          LOG.log(Level.WARNING, queueId + ": no broker; going on from the table", away);
        }
        brokerAway = true;
        serveOnceWithoutBroker();
      } catch (InterruptedException stop) {
        return;
      } catch (RuntimeException fault) {
        LOG.log(Level.SEVERE, queueId + ": trying again in a second", fault);
        serveOnceWithoutBroker();
      }
    }
  }

  private void serve(HintConsumer hints) throws JMSException, InterruptedException {
    HeldHints held = new HeldHints();
    work.drain(HintsInHand.NONE); // takes the queue, so that its first task finds an owner
    while (!closed) {
      HintsInHand inHand = new HintsInHand(hints, hints.await(IDLE_LOOK));
      QueueWork.Rest rest = work.drain(inHand);
      held.release(work::isDoneWith);
      inHand.holdOrAcknowledge(held, work::isDoneWith);
      if (rest == QueueWork.Rest.UNTIL_RUNG) {
        bell.await(IDLE_LOOK);
      }
    }
  }

  private void serveOnceWithoutBroker() {
    try {
      bell.await(IDLE_LOOK);
      if (!closed) {
        work.drain(HintsInHand.NONE);
      }
    } catch (InterruptedException stop) {
      closed = true;
    } catch (JMSException | RuntimeException fault) {
      LOG.log(Level.SEVERE, queueId + ": trying again in a second", fault);
    }
  }
}
