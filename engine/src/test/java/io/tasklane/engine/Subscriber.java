package io.tasklane.engine;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** A plain JMS client that has subscribed to the topic of events. */
final class Subscriber implements AutoCloseable {
  private static final long PATIENCE = 20_000;

  private final ActiveMQConnectionFactory factory;
  private final Connection connection;
  private final Session session;
  private final MessageConsumer consumer;

  private Subscriber(String url, String client, String selector) throws JMSException {
    factory = new ActiveMQConnectionFactory(url);
    connection = factory.createConnection();
    if (!client.isEmpty()) {
      connection.setClientID(client);
    }
    session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
    Topic topic = session.createTopic("tasklane.events");
    String wanted = selector.isEmpty() ? null : selector;
    consumer =
        client.isEmpty()
            ? session.createConsumer(topic, wanted)
            : session.createDurableSubscriber(topic, "sub", wanted, false);
    connection.start();
  }

  /** For as long as it is there. */
  static Subscriber to(String url, String selector) throws JMSException {
    return new Subscriber(url, "", selector);
  }

  /** The broker keeps for it what comes while it is away. */
  static Subscriber durable(String url, String client, String selector) throws JMSException {
    return new Subscriber(url, client, selector);
  }

  /** The next message. */
  TextMessage next() throws JMSException {
    Message message = consumer.receive(PATIENCE);
    if (message == null) {
      throw new AssertionError("no message within " + PATIENCE + " ms");
    }
    return (TextMessage) message;
  }

  /** Their subjects, in the order in which they come. */
  List<String> subjects(int count) throws JMSException {
    List<String> subjects = new ArrayList<>();
    while (subjects.size() < count) {
      subjects.add(next().getStringProperty("subject"));
    }
    return subjects;
  }

  /** Whether nothing more comes for a moment. */
  boolean isQuiet() throws JMSException {
    return consumer.receive(700) == null;
  }

  @Override
  public void close() throws JMSException {
    connection.close();
    factory.close();
  }
}
