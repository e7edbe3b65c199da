package io.tasklane.signal;

import io.tasklane.fault.FatalErrors;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.Optional;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSConstants;

/**
 * This node's consumer on one queue. The broker gives the messages of an exclusive queue to one of
 * all nodes' consumers. Invalid messages are moved away and never returned. For one thread.
 */
public final class SignalConsumer implements AutoCloseable {
  private final Connection connection;
  private final String queueId;
  private final ConsumerPriority rank;
  private final Session session;
  private final MessageConsumer consumer;
  private final InvalidMessages invalid;
  private Optional<Throwable> unreadable = Optional.empty();

  private SignalConsumer(Connection connection, String queueId, ConsumerPriority rank)
      throws JMSException {
    this.connection = connection;
    this.queueId = queueId;
    this.rank = rank;
    this.session = session();
    this.consumer = session.createConsumer(session.createQueue(Broker.addressOf(queueId, rank)));
    this.invalid = new InvalidMessages(session, queueId);
  }

  /** Opens a consumer on a connection of its own. */
  public static SignalConsumer open(Broker broker, String queueId, ConsumerPriority rank)
      throws JMSException {
    Connection connection = broker.connectConsumer();
    try {
      return new SignalConsumer(connection, queueId, rank);
    } catch (JMSException failed) {
      connection.close();
      throw failed;
    }
  }

  private Session session() throws JMSException {
    return connection.createSession(false, ActiveMQJMSConstants.INDIVIDUAL_ACKNOWLEDGE);
  }

  /**
   * Waits for a message.
   *
   * @throws JMSException also if the connection is lost: the client itself would return null for
   *     ever
   */
  public Optional<Message> await(Duration atMost) throws JMSException {
    Optional<Message> message = receive(() -> consumer.receive(atMost.toMillis()));
    if (unreadable.isPresent()) {
      session.close(); // returns the message to the broker; it may have broken the session
      new InvalidMessages(session(), queueId).takeUnreadable(unreadable.get(), rank);
    } else if (message.isEmpty()) {
      Broker.requireOpen(connection);
    }
    return message;
  }

  /** A message that has arrived already; does not wait. */
  public Optional<Message> pollNow() throws JMSException {
    return receive(consumer::receiveNoWait);
  }

  /** Whether it has received a message that cannot be read, and must be closed. */
  public boolean isSpent() {
    return unreadable.isPresent();
  }

  @FunctionalInterface
  private interface Receive {
    Message message() throws JMSException;
  }

  private Optional<Message> receive(Receive receive) throws JMSException {
    if (unreadable.isPresent()) {
      return Optional.empty();
    }
    try {
      Optional<Message> message = Optional.ofNullable(receive.message());
      return message.isPresent() && invalid.take(message.get()) ? Optional.empty() : message;
    } catch (RuntimeException | Error cannotRead) {
      FatalErrors.passOn(cannotRead);
      unreadable = Optional.of(cannotRead);
      return Optional.empty();
    }
  }

  @Override
  public void close() throws JMSException {
    connection.close();
  }
}
