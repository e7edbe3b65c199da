package io.tasklane.signal;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.jms.client.ActiveMQConnection;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;

/**
 * The connection to the Artemis broker: a plain client over TCP. A silent connection is given up
 * after 4 s, so that a frozen node's exclusive consumer is replaced soon.
 */
public final class Broker implements AutoCloseable {
  private static final String SETTINGS =
      "consumerWindowSize=8192&connectionTTL=4000&clientFailureCheckPeriod=1000"
          + "&reconnectAttempts=0&initialConnectAttempts=1&callTimeout=10000"
          + "&blockOnNonDurableSend=false&useTopologyForLoadBalancing=false";
  private static final String NAME = "tasklane.queue.";

  /** A consumer that moves an invalid message must not wait for a broker whose disk is full. */
  private static final String WITHOUT_FLOW_CONTROL = "&producerWindowSize=-1";

  /** The broker then answers each message, so that a sender need not wait for one by one. */
  private static final String WITH_ANSWERS = "&confirmationWindowSize=1048576";

  private final ActiveMQConnectionFactory factory;
  private final ActiveMQConnectionFactory consumers;
  private final ActiveMQConnectionFactory answers;

  /** The broker at this URL, such as tcp://127.0.0.1:61616. */
  public Broker(String url) {
    String set = url + (url.contains("?") ? "&" : "?") + SETTINGS;
    factory = new ActiveMQConnectionFactory(set);
    consumers = new ActiveMQConnectionFactory(set + WITHOUT_FLOW_CONTROL);
    answers = new ActiveMQConnectionFactory(set + WITH_ANSWERS);
  }

  /** A new connection, started. */
  Connection connect() throws JMSException {
    return started(factory);
  }

  /** A new connection for a consumer, started. */
  Connection connectConsumer() throws JMSException {
    return started(consumers);
  }

  /** A new connection for a sender of messages that must not be lost, started. */
  public Connection connectForAnswers() throws JMSException {
    return started(answers);
  }

  private static Connection started(ActiveMQConnectionFactory factory) throws JMSException {
    Connection connection = factory.createConnection();
    connection.start();
    return connection;
  }

  /**
   * Notices a connection that broke while nothing was sent on it; the client itself does not report
   * it.
   *
   * @throws JMSException if the connection is gone
   */
  public static void requireOpen(Connection connection) throws JMSException {
    if (((ActiveMQConnection) connection).getSessionFactory().isClosed()) {
      throw new JMSException("the connection to the broker is gone");
    }
  }

  /** How many messages of this queue the broker has. */
  static long depthOf(Session session, String queueId) throws JMSException {
    try {
      return ((ActiveMQSession) session)
          .getCoreSession()
          .queueQuery(SimpleString.of(nameOf(queueId)))
          .getMessageCount();
    } catch (ActiveMQException failed) {
      JMSException told = new JMSException("the depth of a queue cannot be asked for: " + failed);
      told.initCause(failed);
      throw told;
    }
  }

  /** The name of a queue's address. */
  static String nameOf(String queueId) {
    return NAME + queueId;
  }

  /** The address of a queue's messages: exclusive, so that only one node receives them. */
  static String addressOf(String queueId) {
    return nameOf(queueId) + "?exclusive=true";
  }

  /** The same for a consumer of this priority. */
  static String addressOf(String queueId, ConsumerPriority rank) {
    return addressOf(queueId) + "&consumer-priority=" + rank.priority();
  }

  @Override
  public void close() {
    factory.close();
    consumers.close();
    answers.close();
  }
}
