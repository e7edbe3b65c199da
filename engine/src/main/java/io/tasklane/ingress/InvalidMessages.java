package io.tasklane.ingress;

import io.tasklane.signal.Broker;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.Enumeration;
import java.util.logging.Logger;

/**
 * Sends what cannot be understood to the queue {@value #QUEUE}, as it came, with the reason as
 * properties. The broker drops a message that it has there already, so each is there once.
 */
final class InvalidMessages implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(InvalidMessages.class.getName());

  static final String QUEUE = "tasklane.invalid";

  /** For programs. */
  static final String REASON = "tasklane_reason";

  /** For people. */
  static final String PROBLEM = "tasklane_problem";

  private static final String DUPLICATE_ID = "_AMQ_DUPL_ID";
  private static final int LONGEST = 1_000;

  private final Broker broker;
  private BrokerLink link;

  InvalidMessages(Broker broker) {
    this.broker = broker;
  }

  /**
   * Sends one, and waits until the broker has it.
   *
   * @throws JMSException where it may not have it
   */
  synchronized void send(Message message, String key, String reason, String problem)
      throws JMSException, InterruptedException {
    if (link == null || !link.isOpen()) {
      close();
      link = new BrokerLink(broker);
    }
    Message copy = copy(link.session(), message);
    properties(message, copy);
    copy.setStringProperty(DUPLICATE_ID, "tasklane-invalid-" + key);
    copy.setStringProperty(REASON, reason);
    copy.setStringProperty(
        PROBLEM, problem.length() > LONGEST ? problem.substring(0, LONGEST) : problem);
    BrokerLink.await(link.send(link.session().createQueue(QUEUE), copy, message.getJMSPriority()));
  }

  private static Message copy(Session session, Message message) throws JMSException {
    if (message instanceof TextMessage text) {
      return session.createTextMessage(text.getText());
    }
    if (message instanceof MapMessage map) {
      MapMessage copy = session.createMapMessage();
      Enumeration<?> names = map.getMapNames();
      while (names.hasMoreElements()) {
        String name = (String) names.nextElement();
        copy.setObject(name, map.getObject(name));
      }
      return copy;
    }
    BytesMessage copy = session.createBytesMessage();
    copy.writeBytes(message instanceof BytesMessage bytes ? bytes(bytes) : RawBody.of(message));
    return copy;
  }

  private static byte[] bytes(BytesMessage message) throws JMSException {
    byte[] bytes = new byte[(int) message.getBodyLength()];
    message.reset();
    message.readBytes(bytes);
    return bytes;
  }

  private static void properties(Message message, Message copy) throws JMSException {
    Enumeration<?> names = message.getPropertyNames();
    while (names.hasMoreElements()) {
      String name = (String) names.nextElement();
      boolean ofProvider =
          name.startsWith("JMSX") || name.startsWith("_") || name.startsWith("JMS_");
      if (!ofProvider || name.equals("JMSXGroupID")) {
        copy.setObjectProperty(name, message.getObjectProperty(name));
      }
    }
    copy.setJMSCorrelationID(message.getJMSCorrelationID());
    copy.setJMSType(message.getJMSType());
    if (message.getJMSMessageID() != null) {
      copy.setStringProperty("tasklane_message_id", message.getJMSMessageID());
    }
    if (message instanceof ObjectMessage) {
      copy.setStringProperty("tasklane_message_type", "ObjectMessage");
    }
  }

  @Override
  public synchronized void close() {
    try {
      if (link != null) {
        link.close();
      }
    } catch (JMSException gone) {
      LOG.fine("the connection was gone: " + gone.getMessage());
    }
    link = null;
  }
}
