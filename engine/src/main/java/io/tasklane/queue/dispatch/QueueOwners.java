package io.tasklane.queue.dispatch;

import io.tasklane.key.QueueKey;
import io.tasklane.queue.Queue;
import io.tasklane.signal.Broker;
import io.tasklane.task.claim.IdleOwners;
import io.tasklane.time.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Collectors;

/** Keeps one owner thread for every queue; a thread that died is started again. */
public final class QueueOwners {
  private record Started(QueueOwner owner, QueueWork work, Thread thread) {
    void stop() {
      work.close();
      owner.close();
    }
  }

  private final Map<QueueKey, Started> owners = new ConcurrentHashMap<>();
  private final DispatchTools tools;
  private final Broker broker;
  private final WaitingTasks waiting;
  private final ThreadFactory threads;
  private volatile boolean closed;

  /**
   * Starts with no owners.
   *
   * @param tools what an owner works with
   * @param broker where ready signals come from
   * @param waiting looks for ready tasks
   * @param threads makes the owners' threads
   */
  public QueueOwners(
      DispatchTools tools, Broker broker, WaitingTasks waiting, ThreadFactory threads) {
    this.tools = tools;
    this.broker = broker;
    this.waiting = waiting;
    this.threads = threads;
  }

  /**
   * Starts an owner for each of these queues that has no living one, and stops the owners of all
   * other queues.
   */
  public void keep(Collection<Queue> queues) {
    if (!closed) {
      keepNow(queues);
    }
  }

  private synchronized void keepNow(Collection<Queue> queues) {
    Set<QueueKey> wanted = queues.stream().map(Queue::key).collect(Collectors.toSet());
    owners.entrySet().stream()
        .filter(started -> !wanted.contains(started.getKey()))
        .forEach(started -> started.getValue().stop());
    owners.keySet().retainAll(wanted);
    tools.faults().attemptEach("owners of queues", queues, this::keep);
  }

  private void keep(Queue queue) {
    Started started = owners.get(queue.key());
    if (!closed && (started == null || !started.thread().isAlive())) {
      owners.put(queue.key(), start(queue));
    } else if (!closed) {
      started.work().adapt(queue);
    }
  }

  private Started start(Queue queue) {
    QueueWork work = new QueueWork(queue, tools, () -> waiting.isReady(queue.key()), threads);
    QueueOwner owner = new QueueOwner(queue.queueId(), broker, work, tools.faults());
    Thread thread = threads.newThread(owner);
    thread.setName("tasklane-queue-" + queue.queueId());
    thread.start();
    return new Started(owner, work, thread);
  }

  /** This queue may start tasks again. */
  public void wake(QueueKey queue) {
    Optional.ofNullable(owners.get(queue)).ifPresent(started -> started.owner().wake());
  }

  /** This node's lease is over: no owner of it consumes messages until it is held again. */
  void leaseIsOver() {
    owners.values().forEach(started -> started.owner().leaseIsOver());
  }

  /** The owner of this queue, if it waits for a task. */
  Optional<IdleOwners.Idle> idle(QueueKey queue) {
    return Optional.ofNullable(owners.get(queue)).flatMap(started -> started.work().idle());
  }

  /** Whether an owner of this node works without the broker. */
  public boolean isBrokerAway() {
    return owners.values().stream().anyMatch(started -> started.owner().isBrokerAway());
  }

  /** Owners start nothing more; waits for the runs under way. */
  public void close(Duration atMost) throws InterruptedException {
    stopAll();
    long begin = Ticker.SYSTEM.nanos();
    for (Started started : owners.values()) {
      Duration left = atMost.minus(Ticker.SYSTEM.since(begin));
      if (left.toMillis() > 0) { // a join of 0 ms would wait for ever
        started.thread().join(left.toMillis());
      }
      started.work().await(atMost.minus(Ticker.SYSTEM.since(begin)));
    }
  }

  private synchronized void stopAll() {
    closed = true;
    owners.values().forEach(Started::stop);
  }
}
