package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.signal.Broker;
import io.tasklane.signal.ConsumerPriority;
import io.tasklane.signal.SignalConsumer;
import java.time.Duration;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a consumer holds when it meets a message that cannot be read comes back to its queue. */
@Timeout(90)
class UnreadableMessageTest {
  private static final String ADDRESS = "tasklane.queue.Q";
  private static final String INVALID = "tasklane.invalid";
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final byte READY_SIGNAL = 0;
  private static final byte UNKNOWN = 77;

  @Test
  void it_is_moved_and_a_ready_signal_before_it_is_not() throws Exception {
    try (EmbeddedBroker broker = new EmbeddedBroker();
        Broker client = new Broker(broker.url());
        SignalConsumer consumer = SignalConsumer.open(client, "Q", ConsumerPriority.OWNER)) {
      send(broker, READY_SIGNAL);
      assertThat(consumer.await(LONG)).as("held, as while its task runs").isPresent();
      send(broker, UNKNOWN);
      assertThat(consumer.await(LONG)).isEqualTo(Optional.empty());

      assertThat(consumer.isSpent()).isTrue();
      assertThat(typeOfTheMoved(broker)).isEqualTo(UNKNOWN);
      assertThat(broker.depth(ADDRESS)).as("the ready signal").isEqualTo(1);
    }
  }

  private static void send(EmbeddedBroker broker, byte type) throws Exception {
    try (ServerLocator locator = ActiveMQClient.createServerLocator(broker.url());
        ClientSessionFactory factory = locator.createSessionFactory();
        ClientSession session = factory.createSession();
        ClientProducer producer = session.createProducer(ADDRESS)) {
      ClientMessage message = session.createMessage(type, true);
      message.putLongProperty("task", 1);
      producer.send(message);
    }
  }

  private static byte typeOfTheMoved(EmbeddedBroker broker) throws Exception {
    try (ServerLocator locator = ActiveMQClient.createServerLocator(broker.url());
        ClientSessionFactory factory = locator.createSessionFactory();
        ClientSession session = factory.createSession()) {
      session.start();
      return session.createConsumer(INVALID).receive(LONG.toMillis()).getType();
    }
  }
}
