package io.tasklane.bench.raw;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.time.Duration;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * What the broker does without us over TCP: a non-persistent message is sent, received and
 * acknowledged by itself before the next one is sent, as for tasks that come one at a time.
 */
public final class RawMessages implements RawLimit {
  /** As figures name it. */
  public static final String NAME = "Artemis, send, receive and acknowledge";

  private static final long PATIENCE_MILLIS = 30_000;

  private final String url;

  /**
   * A measurement that was not made yet.
   *
   * @param url the broker, "tcp://127.0.0.1:61616"
   */
  public RawMessages(String url) {
    this.url = url;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double perSecond(Duration time) throws JMSException, InterruptedException {
    try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url);
        Connection connection = factory.createConnection();
        Session sending = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        Session receiving =
            connection.createSession(false, ActiveMQJMSConstants.INDIVIDUAL_ACKNOWLEDGE)) {
      Queue queue = receiving.createTemporaryQueue();
      MessageConsumer consumer = receiving.createConsumer(queue);
      MessageProducer producer = sending.createProducer(queue);
      producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
      connection.start();
      return Rounds.<JMSException>perSecond(
          time, Duration.ZERO, done -> pass(sending, producer, consumer, done));
    }
  }

  private static long pass(
      Session session, MessageProducer producer, MessageConsumer consumer, long done)
      throws JMSException {
    Message message = session.createMessage();
    message.setLongProperty("task", done);
    producer.send(message);
    Message received = consumer.receive(PATIENCE_MILLIS);
    if (received == null) {
      throw new JMSException("a message did not come back within " + PATIENCE_MILLIS + " ms");
    }
    received.acknowledge();
    return 1;
  }
}
