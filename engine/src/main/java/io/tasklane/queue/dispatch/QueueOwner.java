package io.tasklane.queue.dispatch;

import io.tasklane.fault.OngoingFaults;
import io.tasklane.key.TaskKey;
import io.tasklane.signal.Broker;
import io.tasklane.signal.ConsumerPriority;
import io.tasklane.signal.SignalConsumer;
import io.tasklane.time.Ticker;
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

  /** How often a bidder that the broker nominates asks whether the owner has handed over. */
  private static final Duration BIDDER_PAUSE = Duration.ofMillis(100);

  /** How often a queue that starts nothing looks whether it was woken. */
  private static final Duration SLICE = Duration.ofMillis(100);

  /**
   * So many messages are taken in a slice, and the others left to fill the sender's window: while a
   * queue starts nothing, each message costs the broker and this node, and says nothing new. A
   * signal to look has the highest priority and goes before them.
   */
  private static final int MOST_IN_A_SLICE = 10;

  private final String queueId;
  private final Broker broker;
  private final QueueWork work;
  private final OngoingFaults faults;
  private final WakeUp wakeUp = new WakeUp();
  private volatile boolean closed;
  private volatile boolean brokerAway;
  private volatile SignalConsumer consumer;

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

  /**
   * Gives the messages back to the broker, which would keep all others for a consumer that runs
   * nothing. The owner's thread may be in a run.
   */
  void leaseIsOver() {
    SignalConsumer open = consumer;
    try {
      if (open != null) {
        open.close();
      }
    } catch (JMSException gone) {
      LOG.log(Level.FINE, queueId + ": the broker takes its messages back by itself", gone);
    }
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
        work.own(); // before the broker is asked, so that it learns who owns the queue
        if (work.hasLease()) {
          serve(work.rank());
        } else {
          wakeUp.await(IDLE_LOOK);
        }
        faults.ended(dispatch());
      } catch (JMSException away) {
        if (!work.hasLease()) {
          continue; // it was closed for that
        }
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
    boolean isToLook = true; // what became ready before this consumer was there had no signal
    try (SignalConsumer signals = SignalConsumer.open(broker, queueId, rank)) {
      brokerAway = false;
      consumer = signals;
      while (!closed && !signals.isSpent() && work.rank() == rank && work.hasLease()) {
        work.waits(rest == QueueWork.Rest.UNTIL_SIGNAL);
        Optional<Message> message = isToLook ? signals.pollNow() : signals.await(IDLE_LOOK);
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
        isToLook = rest == QueueWork.Rest.UNTIL_WOKEN;
        if (isToLook) {
          awaitChange(signals, held);
        }
      }
    } finally {
      consumer = null;
    }
    if (rest == QueueWork.Rest.ANOTHERS && work.rank() == rank) {
      wakeUp.await(pause(rank)); // waits, so that the owner comes first
    }
  }

  /** A bidder is about to own the queue: it comes back soon. */
  private static Duration pause(ConsumerPriority rank) {
    return rank == ConsumerPriority.BIDDER ? BIDDER_PAUSE : IDLE_LOOK;
  }

  /**
   * Waits until the queue may start tasks again: until it is woken, somebody says that it should
   * look, or the runs have ended that kept it from starting others. Other messages only repeat what
   * is known.
   */
  private void awaitChange(SignalConsumer signals, HeldSignals held)
      throws JMSException, InterruptedException {
    boolean hadRuns = work.hasRuns();
    boolean isToLook = false;
    int taken = 0;
    long begin = Ticker.SYSTEM.nanos();
    while (!isToLook
        && !wakeUp.isRung()
        && !signals.isSpent()
        && hadRuns == work.hasRuns()
        && Ticker.SYSTEM.since(begin).compareTo(IDLE_LOOK) < 0) {
      PendingAcknowledgement pending = new PendingAcknowledgement(signals, signals.await(SLICE));
      isToLook = pending.hasTask() && pending.task().equals(TaskKey.NONE);
      taken += pending.hasTask() ? 1 : 0;
      boolean isEnough = pending.hasTask() && taken % MOST_IN_A_SLICE == 0;
      pending.holdOrAcknowledge(held, work::isDoneWith);
      if (isEnough && !isToLook) {
        wakeUp.rest(SLICE);
      }
    }
    wakeUp.clear();
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
