package io.tasklane.signal;

import io.tasklane.fault.FatalErrors;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;

/**
 * Moves messages that Tasklane has not sent off a queue, so that they are not redelivered for ever.
 * They go to {@value #ADDRESS}, where operators can look at them. A message that the broker does
 * not accept there is lost: the queue has to go on.
 */
final class InvalidMessages {
  /** The address they are moved to. */
  static final String ADDRESS = "tasklane.invalid";

  /** Property of a moved message: why it is invalid. */
  static final String REASON = "tasklane_reason";

  /** Property of a moved message: the address it was sent to. */
  static final String SOURCE = "tasklane_source";

  private static final Logger LOG = Logger.getLogger(InvalidMessages.class.getName());
  private static final long RECEIVE_MILLIS = 1_000;

  private final ClientSession session;
  private final String source;

  /** Moves invalid messages of this queue. */
  InvalidMessages(Session session, String queueId) {
    this.session = ((ActiveMQSession) session).getCoreSession();
    this.source = Broker.nameOf(queueId);
  }

  /** Moves the message away unless it is one of Tasklane's. Returns whether it did. */
  boolean take(Message message) throws JMSException {
    ClientMessage core = ((ActiveMQMessage) message).getCoreMessage();
    Optional<String> fault = faultOf(core);
    if (fault.isPresent()) {
      move(core, fault.get());
      message.acknowledge();
    }
    return fault.isPresent();
  }

  /**
   * Moves the first message away that the JMS client cannot read, once the consumer that received
   * it is closed. Others may have come before it meanwhile; they stay where they are.
   */
  void takeUnreadable(Throwable why, ConsumerPriority rank) throws JMSException {
    try (ClientConsumer direct =
        session.createConsumer(SimpleString.of(source), null, rank.priority(), false)) {
      ClientMessage next = direct.receive(RECEIVE_MILLIS);
      while (next != null && isReadable(next)) {
        next = direct.receiveImmediate();
      }
      if (next != null) {
        move(next, "it cannot be read: " + why);
        next.individualAcknowledge();
        session.commit();
      }
    } catch (ActiveMQException failed) {
      JMSException away = new JMSException("an invalid message cannot be taken away: " + failed);
      away.initCause(failed);
      throw away;
    }
  }

  /** Whether the JMS client can read it: by what its consumer does with each message. */
  private boolean isReadable(ClientMessage message) {
    try {
      ActiveMQMessage.createMessage(message, session).doBeforeReceive();
      return true;
    } catch (ActiveMQException | RuntimeException | Error cannotRead) {
      FatalErrors.passOn(cannotRead);
      return false;
    }
  }

  private static Optional<String> faultOf(ClientMessage message) {
    Object task = message.getObjectProperty(ReadySignal.TASK);
    if (task instanceof Long) {
      return Optional.empty();
    }
    String found = task == null ? "it has none" : "here it is a " + task.getClass().getSimpleName();
    return Optional.of("a message needs a property \"task\" of type long; " + found);
  }

  private void move(ClientMessage message, String reason) {
    try {
      if (!session.queueQuery(SimpleString.of(ADDRESS)).isExists()) {
        session.createSharedQueue(
            QueueConfiguration.of(ADDRESS).setRoutingType(RoutingType.ANYCAST).setDurable(true));
      }
      message.putStringProperty(REASON, reason);
      message.putStringProperty(SOURCE, source);
      try (ClientProducer producer = session.createProducer(ADDRESS)) {
        producer.send(message);
      }
      LOG.warning(source + ": moved an invalid message to " + ADDRESS + ": " + reason);
    } catch (ActiveMQException | RuntimeException | Error failed) {
      FatalErrors.passOn(failed);
      LOG.log(Level.WARNING, source + ": dropped an invalid message: " + reason, failed);
    }
  }
}
