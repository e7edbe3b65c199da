package io.tasklane.bench.faults.fault;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * Sends dispatch messages that nobody should have sent: of tasks whose message has come before,
 * whose run is over, and of tasks that do not exist.
 */
final class StrayMessages {
  private static final int PRIORITIES = 10;

  private final String brokerUrl;
  private final List<String> queueIds;

  StrayMessages(String brokerUrl, List<String> queueIds) {
    this.brokerUrl = brokerUrl;
    this.queueIds = queueIds;
  }

  /**
   * Sends some.
   *
   * @param seed which ones
   * @param count how many
   * @param newest about the largest key of a task
   */
  void send(long seed, int count, long newest) throws JMSException {
    SplittableRandom random = new SplittableRandom(seed);
    try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(brokerUrl);
        Connection connection = factory.createConnection();
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
      MessageProducer producer = session.createProducer(null);
      for (int i = 0; i < count; i++) {
        String queue = queueIds.get(random.nextInt(queueIds.size()));
        Message message = session.createMessage();
        message.setLongProperty("task", random.nextLong(1, newest + count));
        producer.send(
            session.createQueue("tasklane.queue." + queue + "?exclusive=true"),
            message,
            DeliveryMode.NON_PERSISTENT,
            random.nextInt(PRIORITIES),
            0);
      }
    }
  }
}
