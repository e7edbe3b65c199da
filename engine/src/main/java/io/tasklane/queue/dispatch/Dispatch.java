package io.tasklane.queue.dispatch;

import io.tasklane.database.Database;
import io.tasklane.event.LogEvent;
import io.tasklane.fault.OngoingFaults;
import io.tasklane.key.QueueKey;
import io.tasklane.queue.admin.QueueDirectory;
import io.tasklane.queue.ownership.Rebalancing;
import io.tasklane.signal.Broker;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.claim.IdleOwners;
import io.tasklane.task.run.RunWatch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/** Runs tasks on this node: the owners of its queues, and the watch over their runs. */
public final class Dispatch {
  private final QueueOwners owners;
  private final Rebalancing rebalancing;
  private final QueueDirectory directory;
  private final RunWatch watch;
  private final OrphanedRuns orphans;
  private final OngoingFaults faults;

  /**
   * Assembles dispatch; {@link #keep} starts it.
   *
   * @param tools what the work of all queues shares
   * @param broker where ready signals come from
   * @param waiting looks for ready tasks
   * @param directory of the queues
   * @param watch supervises runs
   * @param threads makes the owners' threads
   * @param database with the leases of runs
   */
  public Dispatch(
      DispatchTools tools,
      Broker broker,
      WaitingTasks waiting,
      QueueDirectory directory,
      RunWatch watch,
      ThreadFactory threads,
      Database database) {
    this.faults = tools.faults();
    this.orphans = new OrphanedRuns(database, tools);
    this.owners = new QueueOwners(tools, broker, waiting, threads);
    this.rebalancing = tools.rebalancing();
    this.directory = directory;
    this.watch = watch;
  }

  /**
   * Starts an owner for every queue that has none, and stops those of deleted queues. Called
   * regularly and after every change of a queue.
   */
  public void keep() {
    directory.refresh();
    faults.attempt("queue ownership", rebalancing::refresh);
    owners.keep(directory.all());
    faults.attempt("look for runs that no thread has in hand", orphans::look);
  }

  /** How many runs were ended that no thread of this node had in hand, since its start. */
  public long orphanedRuns() {
    return orphans.ended();
  }

  /**
   * A node was declared dead: looks at once for queues that nobody owns now, and wakes their
   * candidate owners, of which the broker nominates one.
   */
  public void takeOver(ReadySignals signals) {
    rebalancing.refresh();
    rebalancing.open().forEach(queue -> wake(queue, signals));
  }

  /** This queue may start tasks again: signals its owner, on whichever node that is. */
  public void wake(QueueKey queue, ReadySignals signals) {
    if (directory.all().stream().anyMatch(known -> known.key().equals(queue))) {
      signals.look(queue);
    }
    owners.wake(queue);
  }

  /** Wakes the owners of queues that were changed, on whichever node they are. */
  public void follow(List<LogEvent> events) {
    for (LogEvent event : events) {
      if (event.type().equals(LogEvent.QUEUE_CHANGED)) {
        directory.known(event.queue()).ifPresent(queue -> owners.wake(queue.key()));
      }
    }
  }

  /** The owner of this queue, if it is on this node and waits for a task. */
  public Optional<IdleOwners.Idle> idle(QueueKey queue) {
    return owners.idle(queue);
  }

  /** Whether an owner works without the broker. */
  public boolean isBrokerAway() {
    return owners.isBrokerAway();
  }

  /**
   * This node's lease is over: gives the broker's messages back, so that they reach the next
   * owners. Waits for the broker.
   */
  public void leaseIsOver() {
    owners.leaseIsOver();
  }

  /** Starts nothing more, gives handlers the grace period to end, then interrupts them. */
  public void stop(Duration grace) throws InterruptedException {
    watch.stopAll(grace);
    owners.close(grace.plusSeconds(2));
  }
}
