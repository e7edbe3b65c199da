package io.tasklane.queue;

import io.tasklane.node.LeaseKeeper;
import io.tasklane.queue.jms.Broker;
import io.tasklane.queue.store.HandOver;
import io.tasklane.queue.store.QueueDirectory;
import io.tasklane.queue.store.TakeQueues;
import io.tasklane.queue.store.Waiting;
import io.tasklane.store.GroupCommitter;
import io.tasklane.task.run.RunWatch;
import io.tasklane.task.run.TaskRunner;
import io.tasklane.task.store.LoseLeases;
import io.tasklane.task.store.TakeGroups;
import io.tasklane.task.store.TakeTurns;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/** Everything on this node that runs tasks. */
public final class Dispatch {
  private final QueueOwners owners;
  private final QueueDirectory directory;
  private final RunWatch watch;

  /**
   * Puts it together; {@link #keep} starts it.
   *
   * @param committer writes
   * @param turns settles and claims
   * @param groups settles and claims many at once
   * @param losses ends the leases of the dead
   * @param runner runs tasks
   * @param settlements decides what becomes of them
   * @param lease of this node
   * @param alarm is told in what time something will come due
   * @param broker brings the messages
   * @param waiting looks into the table
   * @param directory of the queues
   * @param watch looks after runs
   * @param threads makes the owners' threads
   */
  public Dispatch(
      GroupCommitter committer,
      TakeTurns turns,
      TakeGroups groups,
      LoseLeases losses,
      TaskRunner runner,
      Settlements settlements,
      LeaseKeeper lease,
      Consumer<Duration> alarm,
      Broker broker,
      Waiting waiting,
      QueueDirectory directory,
      RunWatch watch,
      ThreadFactory threads) {
    QueueWork.Tools tools =
        new QueueWork.Tools(
            committer,
            turns,
            groups,
            new TakeQueues(losses),
            new HandOver(),
            runner,
            settlements,
            lease,
            alarm);
    this.owners = new QueueOwners(tools, broker, waiting, threads);
    this.directory = directory;
    this.watch = watch;
  }

  /**
   * Starts an owner for every queue that has none, and stops those of deleted queues; called now
   * and then, and after every change.
   */
  public void keep() {
    directory.refresh();
    owners.keep(directory.all());
  }

  /** This queue may start tasks again. */
  public void ring(int queue) {
    owners.ring(queue);
  }

  /** Whether some owner works without the broker. */
  public boolean isBrokerAway() {
    return owners.isBrokerAway();
  }

  /** Starts nothing more, gives handlers the grace to end, then interrupts them. */
  public void stop(Duration grace) throws InterruptedException {
    watch.stopAll(grace);
    owners.close(grace.plusSeconds(2));
  }
}
