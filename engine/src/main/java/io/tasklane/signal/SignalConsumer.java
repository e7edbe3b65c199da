package io.tasklane.signal;

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
 * all nodes' consumers. For one thread.
 */
public final class SignalConsumer implements AutoCloseable {
  private final Connection connection;
  private final MessageConsumer consumer;

  private SignalConsumer(Connection connection, MessageConsumer consumer) {
    this.connection = connection;
    this.consumer = consumer;
  }

  /** Opens it, on a connection of its own. */
  public static SignalConsumer open(Broker broker, String queueId, ConsumerPriority rank)
      throws JMSException {
    Connection connection = broker.connect();
    try {
      Session session =
          connection.createSession(false, ActiveMQJMSConstants.INDIVIDUAL_ACKNOWLEDGE);
      return new SignalConsumer(
          connection, session.createConsumer(session.createQueue(Broker.addressOf(queueId, rank))));
    } catch (JMSException failed) {
      connection.close();
      throw failed;
    }
  }

  /**
   * Waits for a message.
   *
   * @throws JMSException also where the connection is gone: the client itself would say «nothing
   *     there» for ever
   */
  public Optional<Message> await(Duration atMost) throws JMSException {
    Message message = consumer.receive(atMost.toMillis());
    if (message == null) {
      Broker.requireOpen(connection);
    }
    return Optional.ofNullable(message);
  }

  /** A message that is there already. */
  public Optional<Message> pollNow() throws JMSException {
    return Optional.ofNullable(consumer.receiveNoWait());
  }

  @Override
  public void close() throws JMSException {
    connection.close();
  }
}
