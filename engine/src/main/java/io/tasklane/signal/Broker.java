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
 * The Artemis broker, as dispatch uses it: plain client over TCP. A silent connection is given up
 * after 4 s, so that a frozen node's exclusive consumer is replaced soon.
 */
public final class Broker implements AutoCloseable {
  private static final String SETTINGS =
      "consumerWindowSize=8192&connectionTTL=4000&clientFailureCheckPeriod=1000"
          + "&reconnectAttempts=0&initialConnectAttempts=1&callTimeout=10000"
          + "&blockOnNonDurableSend=false&useTopologyForLoadBalancing=false";
  private static final String NAME = "tasklane.queue.";
  private final ActiveMQConnectionFactory factory;

  /** The broker at this URL, such as tcp://127.0.0.1:61616. */
  public Broker(String url) {
    factory = new ActiveMQConnectionFactory(url + (url.contains("?") ? "&" : "?") + SETTINGS);
  }

  /** A new connection, started. */
  Connection connect() throws JMSException {
    Connection connection = factory.createConnection();
    connection.start();
    return connection;
  }

  /**
   * Notices a connection that broke while nothing was sent on it; the client itself says nothing.
   *
   * @throws JMSException where it is gone
   */
  static void requireOpen(Connection connection) throws JMSException {
    if (((ActiveMQConnection) connection).getSessionFactory().isClosed()) {
      throw new JMSException("the connection to the broker is gone");
    }
  }

  /** How many messages of this queue the broker has. */
  static long depthOf(Session session, String queueId) throws JMSException {
    try {
      return ((ActiveMQSession) session)
          .getCoreSession()
          .queueQuery(SimpleString.of(NAME + queueId))
          .getMessageCount();
    } catch (ActiveMQException failed) {
      JMSException told = new JMSException("the depth of a queue cannot be asked for: " + failed);
      told.initCause(failed);
      throw told;
    }
  }

  /** The address of a queue's messages: exclusive, so that one node alone gets them. */
  static String addressOf(String queueId) {
    return NAME + queueId + "?exclusive=true";
  }

  /** The same for a consumer of this rank. */
  static String addressOf(String queueId, ConsumerPriority rank) {
    return addressOf(queueId) + "&consumer-priority=" + rank.priority();
  }

  @Override
  public void close() {
    factory.close();
  }
}
