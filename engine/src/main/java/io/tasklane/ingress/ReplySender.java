package io.tasklane.ingress;

import io.tasklane.database.NamedSql;
import io.tasklane.fault.ErrorText;
import io.tasklane.fault.OngoingFaults;
import io.tasklane.feature.EngineContext;
import io.tasklane.signal.Broker;
import io.tasklane.task.Task;
import io.tasklane.task.row.TaskReader;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;

/**
 * Sends replies, each at least once: it is removed after the broker has it. The broker drops one
 * that it has already. A reply whose reader is gone is dropped with a line in the log, and none
 * holds up another.
 */
final class ReplySender implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ReplySender.class.getName());
  private static final String WORK = "replies to JMS";
  private static final int BATCH = 200;
  private static final Duration REST = Duration.ofSeconds(1);

  /** Then the broker will never take it. */
  private static final int MOST_ATTEMPTS = 20;

  private static final int PRIORITY = 4;

  private final EngineContext context;
  private final Broker broker;
  private final OngoingFaults faults;
  private final TakeReplies taking = new TakeReplies();
  private final SettleReplies settling = new SettleReplies();
  private final Semaphore work = new Semaphore(0);
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private Thread thread;
  private BrokerLink link;
  private volatile boolean closed;

  ReplySender(EngineContext context, Broker broker, OngoingFaults faults) {
    this.context = context;
    this.broker = broker;
    this.faults = faults;
  }

  void start(ThreadFactory threads) {
    thread = threads.newThread(this::run);
    thread.setName("tasklane-jms-replies");
    thread.start();
  }

  /** Some are to be sent now. */
  void wake() {
    work.release();
  }

  /** How many the broker has taken from this node. */
  long sent() {
    return sent.get();
  }

  /** How many were dropped since nobody can read them. */
  long dropped() {
    return dropped.get();
  }

  private void run() {
    while (!closed) {
      try {
        work.tryAcquire(REST.toMillis(), TimeUnit.MILLISECONDS);
        work.drainPermits();
        while (!closed && sendSome()) {
          // more may wait
        }
        faults.ended(WORK);
      } catch (InterruptedException stop) {
        return;
      } catch (JMSException | RuntimeException | Error failed) {
        disconnect();
        if (!closed) {
          faults.failed(WORK, failed);
        }
      }
    }
  }

  /** Whether there were any; a look first, because every node asks every second. */
  private boolean sendSome() throws JMSException, InterruptedException {
    boolean any =
        context
            .database()
            .with(c -> NamedSql.on(c, TakeReplies.PROBE).one(row -> row.getBoolean(1)));
    if (!any) {
      return false;
    }
    connect();
    List<Reply> replies = context.committer().submit(taking, BATCH).join();
    List<Long> done = new ArrayList<>();
    try {
      send(replies, done);
    } finally {
      List<Long> left = new ArrayList<>(replies.stream().map(Reply::id).toList());
      left.removeAll(done);
      if (!replies.isEmpty()) {
        context.committer().submit(settling, new SettleReplies.Settled(done, left)).join();
      }
    }
    return replies.size() == BATCH;
  }

  private void send(List<Reply> replies, List<Long> done)
      throws JMSException, InterruptedException {
    Map<Reply, CompletionStage<Void>> underway = new LinkedHashMap<>();
    for (Reply reply : replies) {
      try {
        Optional<CompletionStage<Void>> stage = begin(reply);
        if (stage.isPresent()) {
          underway.put(reply, stage.get());
        } else {
          done.add(reply.id());
        }
      } catch (JMSException failed) {
        failed(reply, failed, done);
      }
    }
    for (Map.Entry<Reply, CompletionStage<Void>> each : underway.entrySet()) {
      try {
        BrokerLink.await(each.getValue());
        done.add(each.getKey().id());
        sent.incrementAndGet();
      } catch (JMSException failed) {
        failed(each.getKey(), failed, done);
      }
    }
  }

  /** Empty where nobody can read the reply any more. */
  private Optional<CompletionStage<Void>> begin(Reply reply) throws JMSException {
    ReplyAddress address = reply.address();
    if (address.temporary() && !link.exists(address.name())) {
      drop(reply, "it is gone");
      return Optional.empty();
    }
    Optional<Task> task =
        reply.kind() == Reply.Kind.ENDED
            ? context.database().with(c -> new TaskReader(c).find(reply.taskId()))
            : Optional.empty();
    Destination to =
        address.topic()
            ? link.session().createTopic(address.name())
            : link.session().createQueue(address.name());
    Message message = ReplyMessage.of(link.session(), reply, task);
    return Optional.of(link.send(to, message, PRIORITY));
  }

  /** One that the broker refuses is tried a few times; without the broker nothing is. */
  private void failed(Reply reply, JMSException failed, List<Long> done) throws JMSException {
    if (!link.isOpen()) {
      throw failed;
    }
    if (reply.attempts() >= MOST_ATTEMPTS) {
      drop(reply, ErrorText.of(failed));
      done.add(reply.id());
    }
  }

  private void drop(Reply reply, String why) {
    dropped.incrementAndGet();
    LOG.warning(
        "a reply about tasks/"
            + reply.taskId()
            + " to "
            + reply.address().name()
            + " is dropped: "
            + why);
  }

  private void connect() throws JMSException {
    if (link == null || !link.isOpen()) {
      disconnect();
      link = new BrokerLink(broker);
    }
  }

  private void disconnect() {
    try {
      if (link != null) {
        link.close();
      }
    } catch (JMSException gone) {
      LOG.fine("the connection was gone: " + gone.getMessage());
    }
    link = null;
  }

  @Override
  public void close() {
    closed = true;
    if (thread != null) {
      thread.interrupt();
    }
    disconnect();
  }
}
