package io.tasklane.signal;

import io.tasklane.fault.OngoingFaults;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Small messages from node to node, each at the address {@code tasklane.node.<name>}. They may be
 * lost, late or double: the table is the truth. They are dropped where the buffer is full, and by
 * the broker when they are no longer of use.
 */
public final class NodeMessages implements AutoCloseable {
  private static final String ADDRESS = "tasklane.node.";
  private static final String SENDING = "messages to other nodes";
  private static final String RECEIVING = "messages of other nodes";
  private static final int BUFFER = 10_000;
  private static final int PRIORITY = 9;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private record Outgoing(String node, Map<String, Long> values) {}

  private final BlockingQueue<Outgoing> buffer = new ArrayBlockingQueue<>(BUFFER);
  private final Broker broker;
  private final String me;
  private final Duration useful;
  private final Consumer<Map<String, Long>> receiver;
  private final OngoingFaults faults;
  private final Thread sending;
  private final Thread receiving;
  private volatile boolean closed;

  /**
   * Starts sending and receiving.
   *
   * @param broker that has the messages
   * @param me name of this node
   * @param useful after so long a message is of no use
   * @param receiver gets the values of each message; must not block for long
   * @param threads makes its threads
   * @param faults is told while nothing can be sent or received
   */
  public NodeMessages(
      Broker broker,
      String me,
      Duration useful,
      Consumer<Map<String, Long>> receiver,
      ThreadFactory threads,
      OngoingFaults faults) {
    this.broker = broker;
    this.me = me;
    this.useful = useful;
    this.receiver = receiver;
    this.faults = faults;
    this.sending = started(threads, "tasklane-node-sender", () -> repeat(SENDING, this::send));
    this.receiving =
        started(threads, "tasklane-node-receiver", () -> repeat(RECEIVING, this::receive));
  }

  private static Thread started(ThreadFactory threads, String name, Runnable work) {
    Thread thread = threads.newThread(work);
    thread.setName(name);
    thread.start();
    return thread;
  }

  /** Sends these values to a node; must not block. */
  public void send(String node, Map<String, Long> values) {
    buffer.offer(new Outgoing(node, values));
  }

  @FunctionalInterface
  private interface Turn {
    void run() throws JMSException, InterruptedException;
  }

  private void repeat(String what, Turn turn) {
    while (!closed) {
      try {
        turn.run();
      } catch (InterruptedException stop) {
        return;
      } catch (JMSException | RuntimeException | Error failed) {
        faults.failed(what, failed);
        pause();
      }
    }
  }

  private void send() throws JMSException, InterruptedException {
    try (Connection connection = broker.connect();
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
      MessageProducer producer = session.createProducer(null);
      producer.setDisableMessageID(true);
      faults.ended(SENDING);
      while (!closed) {
        Outgoing next = buffer.poll(1, TimeUnit.SECONDS);
        if (next != null) {
          Message message = session.createMessage();
          for (Map.Entry<String, Long> value : next.values().entrySet()) {
            message.setLongProperty(value.getKey(), value.getValue());
          }
          producer.send(
              session.createQueue(ADDRESS + next.node()),
              message,
              DeliveryMode.NON_PERSISTENT,
              PRIORITY,
              useful.toMillis());
        }
        Broker.requireOpen(connection);
      }
    }
  }

  private void receive() throws JMSException {
    try (Connection connection = broker.connectConsumer();
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
      MessageConsumer consumer = session.createConsumer(session.createQueue(ADDRESS + me));
      faults.ended(RECEIVING);
      while (!closed) {
        Message message = consumer.receive(PAUSE.toMillis());
        if (message == null) {
          Broker.requireOpen(connection);
        } else {
          Map<String, Long> values = values(message);
          faults.attempt("a message of another node", () -> receiver.accept(values));
        }
      }
    }
  }

  /** Whatever else another protocol may have put into the message is left out. */
  private static Map<String, Long> values(Message message) throws JMSException {
    Map<String, Long> values = new HashMap<>();
    Enumeration<?> names = message.getPropertyNames();
    while (names.hasMoreElements()) {
      String name = (String) names.nextElement();
      if (message.getObjectProperty(name) instanceof Long value) {
        values.put(name, value);
      }
    }
    return values;
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException stop) {
      closed = true;
    }
  }

  @Override
  public void close() {
    closed = true;
    sending.interrupt();
    receiving.interrupt();
  }
}
