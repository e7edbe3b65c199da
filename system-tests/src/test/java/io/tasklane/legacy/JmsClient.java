package io.tasklane.legacy;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;

/** A client of JMS 2 or 3. */
abstract class JmsClient implements LegacyClient {
  abstract ConnectionFactory factory();

  @Override
  public void send(String queue, String id, String body, boolean bytes, String replyTo)
      throws Exception {
    try (Connection connection = factory().createConnection()) {
      Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
      Message message;
      if (bytes) {
        BytesMessage raw = session.createBytesMessage();
        raw.writeBytes(body.getBytes(StandardCharsets.UTF_8));
        message = raw;
      } else {
        message = session.createTextMessage(body);
      }
      if (!id.isEmpty()) {
        message.setStringProperty("_AMQ_DUPL_ID", id);
      }
      if (!replyTo.isEmpty()) {
        message.setJMSReplyTo(session.createQueue(replyTo));
      }
      session.createProducer(session.createQueue(queue)).send(message);
    }
  }

  @Override
  public String receive(String queue) throws Exception {
    try (Connection connection = factory().createConnection()) {
      connection.start();
      Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
      Message message = session.createConsumer(session.createQueue(queue)).receive(10_000);
      return message == null ? "" : ((TextMessage) message).getText();
    }
  }
}
