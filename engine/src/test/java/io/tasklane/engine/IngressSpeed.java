package io.tasklane.engine;

import io.tasklane.ingress.IngressService;
import io.tasklane.time.Ticker;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** Measures how many messages become tasks a second, beside sending and consuming them alone. */
final class IngressSpeed {
  private static final int RECEIVERS = 16;
  private static final int SENDERS = 4;

  private IngressSpeed() {}

  /** What is done with a message before it is acknowledged. */
  private interface Work {
    void on(Message message) throws JMSException;
  }

  /**
   * Prints figures of several rounds.
   *
   * @param arguments number of messages of a round
   */
  public static void main(String[] arguments) throws Exception {
    int messages = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5_000;
    try (IngressBench bench = new IngressBench(Files.createTempDirectory("ingress-speed"))) {
      IngressService service = bench.service();
      for (int round = 0; round < 4; round++) {
        double raw = rate(bench, "raw", messages, message -> {});
        double ingress = rate(bench, IngressService.QUEUE, messages, service::receive);
        System.out.printf(
            "raw %.0f/s, ingress %.0f/s: %.2f; tasks %d%n",
            raw, ingress, ingress / raw, bench.count("task"));
      }
    }
    System.exit(0);
  }

  private static double rate(IngressBench bench, String queue, int messages, Work work)
      throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(bench.broker.url());
    AtomicInteger left = new AtomicInteger(messages);
    AtomicInteger done = new AtomicInteger();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    long begin = Ticker.SYSTEM.nanos();
    for (int i = 0; i < SENDERS; i++) {
      all.add(CompletableFuture.runAsync(() -> send(factory, queue, left), threads));
    }
    for (int i = 0; i < RECEIVERS; i++) {
      all.add(
          CompletableFuture.runAsync(() -> receive(factory, queue, messages, done, work), threads));
    }
    all.forEach(CompletableFuture::join);
    Duration time = Ticker.SYSTEM.since(begin);
    factory.close();
    threads.shutdown();
    return messages / (time.toMillis() / 1e3);
  }

  private static void send(ActiveMQConnectionFactory factory, String queue, AtomicInteger left) {
    try (Connection connection = factory.createConnection()) {
      Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
      MessageProducer producer = session.createProducer(session.createQueue(queue));
      producer.setDeliveryMode(DeliveryMode.PERSISTENT);
      while (left.getAndDecrement() > 0) {
        producer.send(session.createTextMessage(IngressBench.JSON));
      }
    } catch (JMSException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static void receive(
      ActiveMQConnectionFactory factory,
      String queue,
      int messages,
      AtomicInteger done,
      Work work) {
    try (Connection connection = factory.createConnection()) {
      connection.start();
      Session session = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
      MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
      while (done.get() < messages) {
        Message message = consumer.receive(200);
        if (message != null) {
          work.on(message);
          message.acknowledge();
          done.incrementAndGet();
        }
      }
    } catch (JMSException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
