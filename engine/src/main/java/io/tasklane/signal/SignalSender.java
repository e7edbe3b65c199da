package io.tasklane.signal;

import io.tasklane.fault.ErrorText;
import io.tasklane.fault.OngoingFaults;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Priority;
import io.tasklane.time.Ticker;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Sends a ready signal for every task that has become ready, on a thread of its own. It never
 * delays a commit: if the buffer is full, or the broker has enough messages of the queue, the
 * signal is dropped, and the owner finds the task in the table.
 */
public final class SignalSender implements ReadySignals, AutoCloseable {
  private static final String WORK = "ready signals";
  private static final int BUFFER = 10_000;
  private static final long PAUSE_MILLIS = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final BlockingQueue<ReadySignal> buffer = new ArrayBlockingQueue<>(BUFFER);
  private final Broker broker;
  private final Function<QueueKey, String> queueIds;
  private final OngoingFaults faults;
  private final Thread thread;
  private volatile boolean closed;
  private volatile String fault = "not connected yet";
  private volatile OptionalLong sending = OptionalLong.empty();

  /**
   * Starts sending.
   *
   * @param broker to send to
   * @param queueIds the id of a queue by its key
   * @param threads makes its thread
   * @param faults is told while nothing can be sent
   */
  public SignalSender(
      Broker broker,
      Function<QueueKey, String> queueIds,
      ThreadFactory threads,
      OngoingFaults faults) {
    this.broker = broker;
    this.queueIds = queueIds;
    this.faults = faults;
    this.thread = threads.newThread(this::work);
    this.thread.setName("tasklane-queue-sender");
    this.thread.start();
  }

  @Override
  public void ready(QueueKey queue, TaskKey task, Priority priority) {
    buffer.offer(new ReadySignal(queueIds.apply(queue), task, priority.toJms()));
  }

  /** Why it cannot send, empty while it can. */
  public String fault() {
    OptionalLong begun = sending;
    if (begun.isPresent() && Ticker.SYSTEM.since(begun.getAsLong()).compareTo(PATIENCE) > 0) {
      return "the broker takes no messages: its disk may be full; owners go on from the table";
    }
    return fault;
  }

  private void work() {
    while (!closed) {
      try (Connection connection = broker.connect();
          Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
        fault = "";
        faults.ended(WORK);
        send(connection, session);
      } catch (JMSException away) {
        failed("the broker cannot be reached: " + away.getMessage(), away);
      } catch (InterruptedException stop) {
        return;
      } catch (RuntimeException | Error broken) { // what was being sent is dropped
        failed("ready signals cannot be sent: " + ErrorText.of(broken), broken);
      }
    }
  }

  private void failed(String what, Throwable why) {
    sending = OptionalLong.empty();
    fault = what;
    faults.failed(WORK, why);
    pause();
  }

  private void send(Connection connection, Session session)
      throws JMSException, InterruptedException {
    Map<String, Queue> queues = new HashMap<>();
    MessageProducer producer = session.createProducer(null);
    producer.setDisableMessageID(true);
    producer.setDisableMessageTimestamp(true);
    SignalWindow window =
        new SignalWindow(queueId -> Broker.depthOf(session, queueId), Ticker.SYSTEM);
    while (!closed) {
      ReadySignal signal = buffer.poll(1, TimeUnit.SECONDS);
      if (signal != null && window.takes(signal.queueId())) {
        Queue queue = queues.get(signal.queueId());
        if (queue == null) {
          queue = session.createQueue(Broker.addressOf(signal.queueId()));
          queues.put(signal.queueId(), queue);
        }
        Message message = session.createMessage();
        message.setLongProperty(ReadySignal.TASK, signal.task().value());
        sending = OptionalLong.of(Ticker.SYSTEM.nanos());
        producer.send(queue, message, DeliveryMode.NON_PERSISTENT, signal.jmsPriority(), 0);
        sending = OptionalLong.empty();
      }
      Broker.requireOpen(connection);
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException stop) {
      closed = true;
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
