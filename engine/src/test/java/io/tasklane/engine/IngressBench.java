package io.tasklane.engine;

import io.tasklane.database.Database;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Postgres;
import io.tasklane.ingress.IngressService;
import io.tasklane.ingress.RedeliveryException;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.task.Payload;
import io.tasklane.time.Until;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** A node, a broker, a sender of messages, and what the message-driven bean does with them. */
final class IngressBench implements AutoCloseable {
  static final String JSON =
      "{\"queue\":\"Q\",\"task_type\":\"" + EngineBench.TYPE + "\",\"input\":{\"a\":1}}";
  final Database database = Postgres.empty();
  final EmbeddedBroker broker;
  final EngineBench node;
  final Session session;
  private final ActiveMQConnectionFactory factory;
  private final Connection connection;
  private final MessageProducer producer;

  IngressBench(Path folder) throws Exception {
    this(folder, run -> Payload.json("{\"done\":true}"));
  }

  IngressBench(Path folder, EngineBench.Work work) throws Exception {
    broker = new EmbeddedBroker(folder.resolve("broker"), EmbeddedBroker.freePort());
    node = node(folder.resolve("n1"), work);
    factory = new ActiveMQConnectionFactory(broker.url());
    connection = factory.createConnection();
    connection.start();
    session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
    producer = session.createProducer(null);
  }

  private EngineBench node(Path folder, EngineBench.Work work) {
    return new EngineBench(
        database,
        folder,
        EngineBench.Surroundings.USUAL.withBroker(broker.url()),
        new EngineBench.Worker(work),
        EngineBench.queue("Q", QueuePolicy.STANDARD));
  }

  IngressService service() {
    return node.engine.services().get(IngressService.class);
  }

  TextMessage text(String body) throws JMSException {
    return session.createTextMessage(body);
  }

  BytesMessage bytes(byte[] body) throws JMSException {
    BytesMessage message = session.createBytesMessage();
    message.writeBytes(body);
    return message;
  }

  BytesMessage bytes(String body) throws JMSException {
    return bytes(body.getBytes(StandardCharsets.UTF_8));
  }

  void send(Message... messages) throws JMSException {
    for (Message message : messages) {
      producer.send(session.createQueue(IngressService.QUEUE), message);
    }
  }

  MessageProducer producer() {
    return producer;
  }

  Destination ingress() throws JMSException {
    return session.createQueue(IngressService.QUEUE);
  }

  /** What a receiver does with a message that it has given to the service. */
  enum Then {
    ACKNOWLEDGE,
    DIE
  }

  /** Receives so many deliveries as the bean does, and says how many of them failed. */
  int receive(int deliveries) throws JMSException {
    return receive(deliveries, Then.ACKNOWLEDGE);
  }

  int receive(int deliveries, Then then) throws JMSException {
    int failed = 0;
    try (Connection own = factory.createConnection()) {
      own.start();
      Session reading = own.createSession(false, Session.CLIENT_ACKNOWLEDGE);
      MessageConsumer consumer = reading.createConsumer(ingress());
      for (int i = 0; i < deliveries; i++) {
        Message message = consumer.receive(10_000);
        if (message == null) {
          throw new AssertionError("delivery " + i + " does not come");
        }
        try {
          service().receive(message);
          if (then == Then.ACKNOWLEDGE) {
            message.acknowledge();
          }
        } catch (RedeliveryException again) {
          failed++;
          reading.recover();
        }
      }
    }
    return failed;
  }

  boolean nothingMore() throws JMSException {
    try (Connection own = factory.createConnection()) {
      own.start();
      Session reading = own.createSession(false, Session.CLIENT_ACKNOWLEDGE);
      return reading.createConsumer(ingress()).receive(300) == null;
    }
  }

  /** A consumer of the test's own session. */
  Message next(String queue) throws JMSException {
    try (MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
      return consumer.receive(10_000);
    }
  }

  /** Sends and receives them, and returns what the new tasks have as inputs, in their order. */
  List<String> inputs(Message... messages) throws JMSException {
    long before = count("task");
    send(messages);
    receive(messages.length);
    return database.with(
        c ->
            NamedSql.on(c, "SELECT convert_from(input, 'UTF8') FROM task ORDER BY id OFFSET :n")
                .set("n", before)
                .list(row -> row.getString(1)));
  }

  long count(String table) {
    return Postgres.number(database, "SELECT count(*) FROM " + table);
  }

  void awaitCount(String table, long wanted) {
    Until.isTrue(
        table + ": " + wanted,
        () -> {
          node.engine.tick();
          return count(table) == wanted;
        });
  }

  @Override
  public void close() throws Exception {
    connection.close();
    factory.close();
    node.close();
    broker.close();
  }
}
