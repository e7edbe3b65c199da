package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.task.Payload;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Until;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A message of others on a queue's address is put aside once, and the queue goes on. */
@Timeout(90)
class ForeignMessageTest {
  private static final String ADDRESS = "tasklane.queue.FOREIGN";
  private static final String INVALID = "tasklane.invalid";
  private static final byte BYTES = 4;
  private static final byte TEXT = 3;
  private static final byte MAP = 5;
  private static final byte UNKNOWN = 77;

  /** What others might send. */
  private enum Shape {
    EMPTY((byte) 0),
    A_TEXT(TEXT) {
      @Override
      void fill(ClientMessage message) {
        message.getBodyBuffer().writeNullableSimpleString(null);
      }
    },
    A_TEXT_ABOUT_A_TASK_IN_WORDS(TEXT) {
      @Override
      void fill(ClientMessage message) {
        message.putStringProperty("task", "tasks/mine");
        message.getBodyBuffer().writeNullableSimpleString(null);
      }
    },
    A_LARGE_ONE(BYTES) {
      @Override
      void fill(ClientMessage message) {
        message.getBodyBuffer().writeBytes(new byte[500_000]);
      }
    },
    A_MAP_WITHOUT_ITS_BODY(MAP),
    OF_A_TYPE_THAT_JMS_DOES_NOT_KNOW(UNKNOWN) {
      @Override
      void fill(ClientMessage message) {
        message.putLongProperty("task", 1);
      }
    };

    private final byte type;

    Shape(byte type) {
      this.type = type;
    }

    void fill(ClientMessage message) {
      // nothing in it
    }
  }

  private final Logger log = Logger.getLogger("io.tasklane");
  private final List<LogRecord> logged = new CopyOnWriteArrayList<>();
  private final Handler listener = new Listener();
  private EmbeddedBroker broker;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws Exception {
    broker = new EmbeddedBroker();
    log.setLevel(Level.WARNING);
    log.setUseParentHandlers(false);
    log.addHandler(listener);
  }

  @AfterEach
  void stop() throws Exception {
    log.removeHandler(listener);
    log.setUseParentHandlers(true);
    log.setLevel(null);
    broker.close();
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void it_is_put_aside_once_and_the_queue_goes_on(Shape shape) throws Exception {
    try (EngineBench bench = bench()) {
      bench.create(EngineBench.request("FOREIGN", "before"));
      bench.await("before", TaskState.SUCCEEDED);
      send(shape);
      Until.isTrue("it is moved", () -> broker.depth(INVALID) == 1 && broker.depth(ADDRESS) == 0);
      bench.create(EngineBench.request("FOREIGN", "after"));
      bench.await("after", TaskState.SUCCEEDED);
      Until.isTrue("its message is taken", () -> broker.depth(ADDRESS) == 0);
      assertThat(logged).as("records").hasSize(1);
      assertThat(logged.get(0).getLevel()).isEqualTo(Level.WARNING);
      assertThat(logged.get(0).getMessage()).startsWith(ADDRESS + ": moved an invalid message to");
      assertMovedWithItsReason(shape);
    }
  }

  private EngineBench bench() {
    return new EngineBench(
        Postgres.empty(),
        folder,
        EngineBench.Surroundings.USUAL.withBroker(broker.url()),
        new EngineBench.Worker(run -> Payload.json("{}")),
        EngineBench.queue("FOREIGN", QueuePolicy.STANDARD));
  }

  /** What a test does with a session of its own. */
  private interface Talk {
    void with(ClientSession session) throws Exception;
  }

  private void talk(Talk talk) throws Exception {
    try (ServerLocator locator = ActiveMQClient.createServerLocator(broker.url());
        ClientSessionFactory factory = locator.createSessionFactory();
        ClientSession session = factory.createSession()) {
      session.start();
      talk.with(session);
    }
  }

  private void send(Shape shape) throws Exception {
    talk(
        session -> {
          session.createSharedQueue(
              QueueConfiguration.of(ADDRESS)
                  .setRoutingType(RoutingType.ANYCAST)
                  .setExclusive(true)
                  .setDurable(true));
          ClientMessage message = session.createMessage(shape.type, true);
          shape.fill(message);
          message.putStringProperty("own", "kept");
          try (ClientProducer producer = session.createProducer(ADDRESS)) {
            producer.send(message);
          }
        });
  }

  private void assertMovedWithItsReason(Shape shape) throws Exception {
    talk(
        session -> {
          ClientMessage moved = session.createConsumer(INVALID).receive(5_000);
          assertThat(moved.getStringProperty("tasklane_reason")).isNotEmpty();
          assertThat(moved.getStringProperty("tasklane_source")).isEqualTo(ADDRESS);
          assertThat(moved.getStringProperty("own")).isEqualTo("kept");
          assertThat(moved.getType()).isEqualTo(shape.type);
          if (shape == Shape.A_LARGE_ONE) {
            assertThat(moved.getBodySize()).isGreaterThanOrEqualTo(500_000);
          }
        });
  }

  /** Keeps what names the queue; what tests before this one have left may still log. */
  private final class Listener extends Handler {
    @Override
    public void publish(LogRecord record) {
      boolean isOfQueue = new SimpleFormatter().formatMessage(record).contains("FOREIGN");
      if (isOfQueue && record.getLevel().intValue() >= Level.WARNING.intValue()) {
        logged.add(record);
      }
    }

    @Override
    public void flush() {
      // keeps nothing back
    }

    @Override
    public void close() {
      // has nothing open
    }
  }
}
