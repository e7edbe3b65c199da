package io.tasklane.bench.faults.fault;

import io.tasklane.bench.faults.record.Chronicle;
import io.tasklane.bench.faults.record.Entry;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;

/**
 * Somebody who mistakes the addresses of queues for his own: sends messages of all shapes to them
 * at a slow pace, half of them durable, and notes what arrives where the system moves such
 * messages.
 */
public final class ForeignMessages implements AutoCloseable {
  private static final String INVALID = "tasklane.invalid";
  private static final String ID = "faults_id";
  private static final String SETTINGS =
      "connectionTTL=4000&clientFailureCheckPeriod=1000&reconnectAttempts=0"
          + "&initialConnectAttempts=1&callTimeout=5000&blockOnNonDurableSend=true"
          + "&useTopologyForLoadBalancing=false";
  private static final long GAP_MILLIS = 1_500;
  private static final long RECEIVE_MILLIS = 200;
  // The broker drops in silence what comes to an address with 1,000 messages.
  private static final long MOST_WAITING = 300;

  private final String url;
  private final List<String> queueIds;
  private final Chronicle chronicle;
  private final SplittableRandom random;
  private final Set<String> missing = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final List<Future<Void>> work;
  private volatile boolean sending = true;
  private volatile boolean over;
  private int count;

  /**
   * Begins at once.
   *
   * @param brokerUrl the broker itself
   * @param queueIds the queues that messages go to
   * @param chronicle where all is noted
   * @param random draws the messages
   */
  public ForeignMessages(
      String brokerUrl, List<String> queueIds, Chronicle chronicle, SplittableRandom random) {
    this.url = brokerUrl + (brokerUrl.contains("?") ? "&" : "?") + SETTINGS;
    this.queueIds = queueIds;
    this.chronicle = chronicle;
    this.random = random;
    work = List.of(threads.submit(this::sendAll), threads.submit(this::receiveAll));
  }

  private Void sendAll() throws Exception {
    while (sending) {
      talk(this::send);
      TimeUnit.MILLISECONDS.sleep(GAP_MILLIS);
    }
    return null;
  }

  private Void receiveAll() throws Exception {
    while (!over) {
      talk(this::receive);
      TimeUnit.MILLISECONDS.sleep(RECEIVE_MILLIS);
    }
    return null;
  }

  @FunctionalInterface
  private interface Talk {
    void with(ClientSession session) throws ActiveMQException;
  }

  private void talk(Talk talk) throws Exception {
    try (ServerLocator locator = ActiveMQClient.createServerLocator(url);
        ClientSessionFactory factory = locator.createSessionFactory();
        ClientSession session = factory.createSession(true, true, 0)) {
      session.start();
      talk.with(session);
    } catch (ActiveMQException away) {
      // it is tried again soon
    }
  }

  private void send(ClientSession session) throws ActiveMQException {
    ForeignShape[] shapes = ForeignShape.values();
    ForeignShape shape = shapes[count % shapes.length];
    String address = "tasklane.queue." + queueIds.get(random.nextInt(queueIds.size()));
    declare(session, QueueConfiguration.of(address).setExclusive(true));
    if (session.queueQuery(SimpleString.of(address)).getMessageCount() > MOST_WAITING) {
      return;
    }
    boolean durable = random.nextBoolean();
    String id = "foreign-" + ++count;
    ClientMessage message = session.createMessage(shape.type(), durable);
    shape.fill(message);
    message.putStringProperty(ID, id);
    long sent = chronicle.now();
    boolean answered = false;
    missing.add(id); // before it can arrive
    try (ClientProducer producer = session.createProducer(address)) {
      producer.send(message);
      answered = true;
    } finally {
      if (!answered) {
        missing.remove(id);
      }
      chronicle.add(
          new Entry.ForeignSent(
              chronicle.now(), sent, id, address, shape.name(), durable, answered));
    }
  }

  private static void declare(ClientSession session, QueueConfiguration queue)
      throws ActiveMQException {
    session.createSharedQueue(queue.setRoutingType(RoutingType.ANYCAST).setDurable(true));
  }

  private void receive(ClientSession session) throws ActiveMQException {
    declare(session, QueueConfiguration.of(INVALID));
    try (ClientConsumer consumer = session.createConsumer(INVALID)) {
      while (!over && !session.isClosed()) {
        ClientMessage message = consumer.receive(RECEIVE_MILLIS);
        if (message != null) {
          note(message);
          message.acknowledge();
        }
      }
    }
  }

  private void note(ClientMessage message) {
    String id = text(message, ID);
    chronicle.add(
        new Entry.ForeignMoved(
            chronicle.now(),
            id,
            text(message, "tasklane_source"),
            text(message, "tasklane_reason"),
            message.getMessageID()));
    missing.remove(id);
  }

  private static String text(ClientMessage message, String property) {
    String value = message.getStringProperty(property);
    return value == null ? "" : value;
  }

  /** Fails where it has failed. */
  public void requireHealth() throws InterruptedException {
    for (Future<Void> each : work) {
      if (each.isDone()) {
        try {
          each.get();
        } catch (ExecutionException failed) {
          throw new IllegalStateException("foreign messages go no further", failed.getCause());
        }
      }
    }
  }

  /** Sends nothing any more. */
  public void end() {
    sending = false;
  }

  /** Whether a message has not arrived that the broker had accepted. */
  public boolean isAnyMissing() {
    return !missing.isEmpty();
  }

  @Override
  public void close() {
    sending = false;
    over = true;
    threads.shutdownNow();
  }
}
