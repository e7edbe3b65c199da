package io.tasklane.ingress;

import io.tasklane.signal.Broker;
import jakarta.jms.CompletionListener;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;

/** A connection on which persistent messages are sent. One thread uses it at a time. */
final class BrokerLink implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Connection connection;
  private final Session session;
  private final MessageProducer producer;

  BrokerLink(Broker broker) throws JMSException {
    connection = broker.connectForAnswers();
    try {
      session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
      producer = session.createProducer(null);
      producer.setDeliveryMode(DeliveryMode.PERSISTENT);
    } catch (JMSException | RuntimeException failed) {
      connection.close();
      throw failed;
    }
  }

  Session session() {
    return session;
  }

  /** Whether the connection is still good for the next message. */
  boolean isOpen() {
    try {
      Broker.requireOpen(connection);
      return true;
    } catch (JMSException gone) {
      return false;
    }
  }

  /** Whether there is an address of this name. */
  boolean exists(String address) throws JMSException {
    try {
      return ((ActiveMQSession) session)
          .getCoreSession()
          .addressQuery(SimpleString.of(address))
          .isExists();
    } catch (ActiveMQException failed) {
      JMSException wrapped = new JMSException(address + " cannot be asked for: " + failed);
      wrapped.initCause(failed);
      throw wrapped;
    }
  }

  /** Sends; the stage completes when the broker has the message, or has refused it. */
  CompletionStage<Void> send(Destination to, Message message, int priority) throws JMSException {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    producer.send(
        to,
        message,
        DeliveryMode.PERSISTENT,
        priority,
        0,
        new CompletionListener() {
          @Override
          public void onCompletion(Message same) {
            sent.complete(null);
          }

          @Override
          public void onException(Message same, Exception failed) {
            sent.completeExceptionally(failed);
          }
        });
    return sent;
  }

  /**
   * Waits until the broker has a message.
   *
   * @throws JMSException where it may not have it
   */
  static void await(CompletionStage<Void> sent) throws JMSException, InterruptedException {
    try {
      sent.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException failed) {
      JMSException wrapped = new JMSException("the broker did not take a message: " + failed);
      wrapped.initCause(failed);
      throw wrapped;
    }
  }

  @Override
  public void close() throws JMSException {
    connection.close();
  }
}
