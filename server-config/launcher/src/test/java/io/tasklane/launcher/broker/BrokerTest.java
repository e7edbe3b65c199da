package io.tasklane.launcher.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.launcher.folder.BuiltServer;
import io.tasklane.launcher.folder.DataFolder;
import io.tasklane.launcher.process.FreePort;
import io.tasklane.launcher.process.Kept;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerTest {
  private static final String QUEUE = "tasklane.queue.DATA_FETCHER";
  @TempDir Path folder;
  private DataFolder data;
  private Broker broker;

  /** What a test does with a session of its own. */
  private interface Talk {
    void with(ClientSession session) throws Exception;
  }

  @BeforeEach
  void prepare() throws Exception {
    data = new DataFolder(folder.resolve("data"));
    broker = new Broker(BuiltServer.folder(), data, FreePort.pick(), List.of("-Xshare:auto"));
  }

  private void talk(Talk talk) throws Exception {
    try (ServerLocator locator = ActiveMQClient.createServerLocator(broker.url());
        ClientSessionFactory factory = locator.createSessionFactory();
        ClientSession session = factory.createSession()) {
      session.start();
      talk.with(session);
    }
  }

  private static void send(ClientSession session, String address, boolean durable, int count)
      throws Exception {
    try (ClientProducer producer = session.createProducer(address)) {
      for (int i = 0; i < count; i++) {
        ClientMessage message = session.createMessage(durable);
        message.getBodyBuffer().writeLong(i);
        producer.send(message);
      }
    }
  }

  @Test
  void a_long_backlog_of_signals_is_dropped_not_kept() throws Exception {
    try (Kept running = Kept.start(data, broker)) {
      talk(
          session -> {
            session.createQueue(
                QueueConfiguration.of(QUEUE).setDurable(true).setRoutingType(RoutingType.ANYCAST));
            send(session, QUEUE, false, 3_000);
            var query = session.queueQuery(SimpleString.of(QUEUE));
            assertThat(query.getMessageCount()).isBetween(900L, 1_100L);
            assertThat(query.isExclusive()).isTrue();
            assertThat(query.isAutoDelete()).isFalse();
          });
      assertThat(Files.readString(data.log("broker")))
          .as("a record for each message")
          .doesNotContain("AMQ601");
    }
  }

  @Test
  void killed_it_is_back_at_its_port_with_every_persistent_message() throws Exception {
    try (Kept running = Kept.start(data, broker)) {
      talk(session -> send(session, "tasklane.ingress", true, 3));

      running.killAndAwaitSuccessor();

      talk(
          session -> {
            var consumer = session.createConsumer("tasklane.ingress");
            for (int i = 0; i < 3; i++) {
              assertThat(consumer.receive(5_000)).as("message " + i).isNotNull();
            }
          });
    }
  }
}
