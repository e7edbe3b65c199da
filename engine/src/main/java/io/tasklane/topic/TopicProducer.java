package io.tasklane.topic;

import io.tasklane.event.LogEvent;
import io.tasklane.signal.Broker;
import jakarta.jms.CompletionListener;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;

/** Sends events to the topic, over a connection of its own. */
final class TopicProducer implements AutoCloseable {
  /** Name of the topic. */
  static final String TOPIC = "tasklane.events";

  private static final SimpleString ADDRESS = SimpleString.of(TOPIC);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Connection connection;
  private final Session session;
  private final MessageProducer producer;
  private final String generation;

  /**
   * Connects.
   *
   * @param broker where the topic is
   * @param kept how long the broker keeps a message for a subscriber that is away
   * @param generation of the cluster
   */
  TopicProducer(Broker broker, Duration kept, String generation) throws JMSException {
    this.generation = generation;
    this.connection = broker.connectForAnswers();
    try {
      this.session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
      createAddress();
      this.producer = session.createProducer(session.createTopic(TOPIC));
      producer.setDeliveryMode(DeliveryMode.PERSISTENT);
      producer.setTimeToLive(kept.toMillis());
    } catch (JMSException | RuntimeException failed) {
      connection.close();
      throw failed;
    }
  }

  private void createAddress() throws JMSException {
    try {
      if (!core().addressQuery(ADDRESS).isExists()) {
        core().createAddress(ADDRESS, RoutingType.MULTICAST, false);
      }
    } catch (ActiveMQException failed) {
      throw wrapped("the topic " + TOPIC + " cannot be created", failed);
    }
  }

  private ClientSession core() {
    return ((ActiveMQSession) session).getCoreSession();
  }

  private static JMSException wrapped(String what, Exception failed) {
    JMSException wrapped = new JMSException(what + ": " + failed.getMessage());
    wrapped.initCause(failed);
    return wrapped;
  }

  /** How many subscriptions the topic has, durable ones of subscribers that are away included. */
  int subscriptions() throws JMSException {
    Broker.requireOpen(connection);
    try {
      return core().addressQuery(ADDRESS).getQueueNames().size();
    } catch (ActiveMQException failed) {
      throw wrapped("the subscriptions of " + TOPIC + " cannot be asked for", failed);
    }
  }

  /**
   * Sends events in their order, and waits until the broker has all of them.
   *
   * @throws JMSException where it may have only some
   */
  void send(List<LogEvent> events) throws JMSException, InterruptedException {
    CountDownLatch left = new CountDownLatch(events.size());
    AtomicReference<Exception> fault = new AtomicReference<>();
    CompletionListener answers =
        new CompletionListener() {
          @Override
          public void onCompletion(Message message) {
            left.countDown();
          }

          @Override
          public void onException(Message message, Exception failed) {
            fault.compareAndSet(null, failed);
            left.countDown();
          }
        };
    for (LogEvent event : events) {
      producer.send(TopicMessage.of(session, event, generation), answers);
    }
    if (!left.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new JMSException(
          "the broker did not take " + left.getCount() + " events within " + PATIENCE);
    }
    if (fault.get() != null) {
      throw wrapped("the broker did not take an event", fault.get());
    }
  }

  @Override
  public void close() throws JMSException {
    connection.close();
  }
}
