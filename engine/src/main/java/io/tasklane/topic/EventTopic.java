package io.tasklane.topic;

import io.tasklane.api.Refusal;
import io.tasklane.database.Database;
import io.tasklane.event.EventTail;
import io.tasklane.event.LogEvent;
import io.tasklane.event.ResumeToken;
import io.tasklane.fault.OngoingFaults;
import io.tasklane.feature.EngineContext;
import io.tasklane.feature.Feature;
import io.tasklane.node.Node;
import io.tasklane.signal.Broker;
import io.tasklane.time.Ticker;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * Sends every event to the topic {@value TopicProducer#TOPIC}, at least once and in the order of
 * the log, as a feature of the engine. One node does so at a time; what it has sent is noted after
 * the broker has it, so the next one begins no later than where it stopped. While nobody has
 * subscribed it sends nothing, and costs a look a second.
 */
public final class EventTopic implements Feature {
  private static final Logger LOG = Logger.getLogger(EventTopic.class.getName());
  private static final String WORK = "event topic";
  private static final int BATCH = 500;
  private static final Duration REST = Duration.ofSeconds(1);
  private static final Duration REST_WITH_SUBSCRIBERS = Duration.ofMillis(20);

  /** Then health says that the topic does not work. */
  private static final Duration LONGEST_LAG = Duration.ofMinutes(1);

  private final EngineContext context;
  private final EventTail tail;
  private final Broker broker;
  private final Duration kept;
  private final OngoingFaults faults;
  private final TakeTopic taking = new TakeTopic();
  private final MoveTopic moving = new MoveTopic();
  private Supplier<Node> me;
  private Thread thread;
  private volatile boolean closed;

  /**
   * A topic to which nothing is sent yet.
   *
   * @param context of the engine
   * @param tail follows the log
   * @param broker where the topic is
   * @param kept how long the broker keeps a message for a subscriber that is away
   * @param faults is told while nothing can be sent
   */
  public EventTopic(
      EngineContext context, EventTail tail, Broker broker, Duration kept, OngoingFaults faults) {
    this.context = context;
    this.tail = tail;
    this.broker = broker;
    this.kept = kept;
    this.faults = faults;
  }

  /**
   * Begins to send, whenever it is this node's turn.
   *
   * @param node this start of this node
   * @param threads makes its thread
   */
  public void start(Supplier<Node> node, ThreadFactory threads) {
    me = node;
    thread = threads.newThread(this::work);
    thread.setName("tasklane-event-topic");
    thread.start();
  }

  private void work() {
    while (!closed) {
      try {
        Optional<TopicRow> turn = taken();
        if (turn.isPresent()) {
          lead(turn.get());
        }
        faults.ended(WORK);
        Thread.sleep(REST.toMillis());
      } catch (InterruptedException stop) {
        return;
      } catch (JMSException | RuntimeException | Error failed) {
        failed(failed);
      }
    }
  }

  private void failed(Throwable failed) {
    if (closed) {
      return;
    }
    faults.failed(WORK, failed);
    try {
      Thread.sleep(REST.toMillis());
    } catch (InterruptedException stop) {
      closed = true;
    }
  }

  /** A look first, because every node asks every second. */
  private Optional<TopicRow> taken() {
    Node node = me.get();
    boolean free = context.database().with(c -> TopicRow.isFree(c, node));
    return free ? context.committer().submit(taking, node).join() : Optional.empty();
  }

  private void lead(TopicRow turn) throws JMSException, InterruptedException {
    LOG.info("this node sends the events to the topic " + TopicProducer.TOPIC);
    String generation = tail.now().generation();
    ResumeToken position = new ResumeToken(generation, turn.transaction(), turn.sequence());
    try (TopicProducer producer = new TopicProducer(broker, kept, generation)) {
      faults.ended(WORK);
      while (!closed && isMine(turn.epoch())) {
        ResumeToken present = tail.now(); // asked first: who subscribes later is owed no more
        boolean anybody = producer.subscriptions() > 0;
        ResumeToken reached = anybody ? sendForAWhile(producer, turn.epoch(), position) : present;
        if (reached.compareTo(position) > 0 && !moved(turn.epoch(), reached)) {
          return;
        }
        position = reached;
        if (!anybody) {
          Thread.sleep(REST.toMillis());
        }
      }
    }
  }

  /** Sends what comes within about a second, and returns the position after it. */
  private ResumeToken sendForAWhile(TopicProducer producer, long epoch, ResumeToken from)
      throws JMSException, InterruptedException {
    long begin = Ticker.SYSTEM.nanos();
    ResumeToken position = from;
    while (!closed && Ticker.SYSTEM.since(begin).compareTo(REST) < 0) {
      ResumeToken reached = sent(producer, position);
      if (reached.equals(position)) {
        Thread.sleep(REST_WITH_SUBSCRIBERS.toMillis());
      } else if (!moved(epoch, reached)) {
        return reached;
      }
      position = reached;
    }
    return position;
  }

  /** Sends what comes next, and returns the position after it. */
  private ResumeToken sent(TopicProducer producer, ResumeToken from)
      throws JMSException, InterruptedException {
    List<LogEvent> events = after(from);
    if (events.isEmpty()) {
      return from;
    }
    producer.send(events);
    return events.get(events.size() - 1).token(from.generation());
  }

  /** A log that was compacted although it was needed here is gone: its rest is all there is. */
  private List<LogEvent> after(ResumeToken from) {
    try {
      return tail.after(from, BATCH);
    } catch (Refusal compacted) {
      String oldest = compacted.metadata().get("oldest_token");
      if (oldest == null) {
        throw compacted;
      }
      LOG.severe("events that were not sent to the topic are gone: " + compacted.getMessage());
      return tail.after(ResumeToken.decode(oldest), BATCH);
    }
  }

  private boolean moved(long epoch, ResumeToken to) {
    return context
        .committer()
        .submit(moving, new MoveTopic.Move(epoch, to.transaction(), to.sequence()))
        .join();
  }

  private boolean isMine(long epoch) {
    return context.database().with(TopicRow::read).epoch() == epoch;
  }

  /**
   * Who sends, and how far behind it is.
   *
   * @throws IllegalStateException where it is too far behind
   */
  public Map<String, String> look() {
    Database database = context.database();
    TopicRow row = database.with(TopicRow::read);
    Duration lag = database.with(TopicRow::lag);
    Map<String, String> seen = new TreeMap<>();
    seen.put("node", row.node().map(Node::name).orElse("none"));
    seen.put("lag-ms", Long.toString(lag.toMillis()));
    if (lag.compareTo(LONGEST_LAG) > 0) {
      throw new IllegalStateException(
          "the topic is " + lag.toSeconds() + " s behind the log; " + seen.get("node") + " sends");
    }
    return seen;
  }

  @Override
  public void close() {
    closed = true;
    if (thread != null) {
      thread.interrupt();
    }
  }
}
