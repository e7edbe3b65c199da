package io.tasklane.worker.stream;

import io.tasklane.database.Database;
import io.tasklane.fault.OngoingFaults;
import io.tasklane.key.FencingToken;
import io.tasklane.key.TaskKey;
import io.tasklane.signal.NodeMessages;
import io.tasklane.task.Failure;
import io.tasklane.task.FailureException;
import io.tasklane.task.Payload;
import io.tasklane.task.RunEnd;
import io.tasklane.task.row.TaskReader;
import io.tasklane.task.run.SaveCheckpoints;
import io.tasklane.worker.AcceptOffers;
import io.tasklane.worker.HeldLease;
import io.tasklane.worker.LeaseKey;
import io.tasklane.worker.Offer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Brings offers to the streams of their workers: at this node by a thread that reads the task, at
 * others by a message. An offer that gets lost returns to its queue when its time is over.
 */
final class OfferDelivery implements AutoCloseable {
  private static final String WORKER = "worker";
  private static final String TASK = "task";
  private static final String TOKEN = "token";
  private static final String WHAT = "offers to workers";

  private final BlockingQueue<LeaseKey> here = new LinkedBlockingQueue<>();
  private final StreamTools tools;
  private final WorkerStreams streams;
  private final OngoingFaults faults;
  private final RunEnds ends;
  private volatile Optional<NodeMessages> messages = Optional.empty();
  private volatile boolean closed;
  private final Thread thread;

  OfferDelivery(
      StreamTools tools, WorkerStreams streams, ThreadFactory threads, OngoingFaults faults) {
    this.tools = tools;
    this.streams = streams;
    this.faults = faults;
    this.ends = new RunEnds(tools);
    this.thread = threads.newThread(this::work);
    this.thread.setName("tasklane-worker-offers");
  }

  /** Begins, once other nodes can be reached. */
  void start(NodeMessages toOthers) {
    messages = Optional.of(toOthers);
    thread.start();
  }

  /** Sends an offer on its way; must not block. */
  void send(Offer offer) {
    if (offer.node().equals(tools.me())) {
      here.add(new LeaseKey(offer.worker(), offer.task(), offer.token()));
    } else {
      messages.ifPresent(
          to ->
              to.send(
                  offer.node(),
                  Map.of(
                      WORKER,
                      offer.worker(),
                      TASK,
                      offer.task().value(),
                      TOKEN,
                      offer.token().value())));
    }
  }

  /** Another node has made an offer to a worker whose stream ends here. */
  void received(Map<String, Long> values) {
    if (values.keySet().containsAll(Set.of(WORKER, TASK, TOKEN))) {
      here.add(
          new LeaseKey(
              values.get(WORKER),
              new TaskKey(values.get(TASK)),
              new FencingToken(values.get(TOKEN))));
    }
  }

  private void work() {
    while (!closed) {
      try {
        LeaseKey next = here.poll(1, TimeUnit.SECONDS);
        if (next != null) {
          faults.attempt(WHAT, () -> deliver(next));
        }
      } catch (InterruptedException stop) {
        closed = true;
      }
    }
  }

  private void deliver(LeaseKey key) {
    Optional<Session> session = streams.find(key.worker());
    if (session.isEmpty()) {
      return;
    }
    Database database = tools.context().database();
    Optional<HeldLease> held = database.with(c -> HeldLease.find(c, key));
    if (held.filter(HeldLease::isOffer).isEmpty()) {
      return;
    }
    LiveLease lease =
        LiveLease.of(
            held.get(),
            database.with(c -> new TaskReader(c).require(held.get().name().taskId())),
            tools.ticker());
    try {
      Payload input = tools.input().of(lease.task());
      session.get().offer(lease, input, database.with(c -> SaveCheckpoints.find(c, key.task())));
    } catch (FailureException unfit) {
      failUnstarted(lease, unfit);
    }
  }

  /** The input cannot be completed: the attempt has failed before it began, as on a node. */
  private void failUnstarted(LiveLease lease, FailureException unfit) {
    if (tools.context().committer().submit(new AcceptOffers(), lease.key()).join()) {
      Failure failure = tools.failure(unfit.kind(), unfit.code(), unfit.getMessage());
      ends.write(lease, new RunEnd.Failed(failure, unfit.retryDelay(), Optional.empty())).join();
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    messages.ifPresent(NodeMessages::close);
  }
}
