package io.tasklane.legacy;

import java.nio.charset.StandardCharsets;
import javax.jms.BytesMessage;
import javax.jms.Connection;
import javax.jms.Message;
import javax.jms.Session;
import javax.jms.TextMessage;
import org.apache.activemq.ActiveMQConnectionFactory;

/** The client of ActiveMQ Classic with the JMS API of Java EE, as legacy systems have it. */
public final class OpenWireClient implements LegacyClient {
  private final String broker;

  public OpenWireClient(String broker) {
    this.broker = broker;
  }

  @Override
  public String name() {
    return "openwire";
  }

  private Connection connect() throws Exception {
    ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("tcp://" + broker);
    factory.setWatchTopicAdvisories(false);
    factory.setSendTimeout(5000);
    Connection connection = factory.createConnection();
    connection.start();
    return connection;
  }

  @Override
  public void send(String queue, String id, String body, boolean bytes, String replyTo)
      throws Exception {
    Connection connection = connect();
    try {
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
    } finally {
      connection.close();
    }
  }

  @Override
  public String receive(String queue) throws Exception {
    Connection connection = connect();
    try {
      Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
      Message message = session.createConsumer(session.createQueue(queue)).receive(10_000);
      return message == null ? "" : ((TextMessage) message).getText();
    } finally {
      connection.close();
    }
  }
}
