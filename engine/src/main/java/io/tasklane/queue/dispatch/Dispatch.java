package io.tasklane.queue.dispatch;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.event.LogEvent;
import io.tasklane.node.LeaseKeeper;
import io.tasklane.queue.admin.QueueDirectory;
import io.tasklane.queue.ownership.Rebalancing;
import io.tasklane.signal.Broker;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.Priority;
import io.tasklane.task.claim.IdleOwners;
import io.tasklane.task.complete.CompleteGroups;
import io.tasklane.task.complete.CompleteTasks;
import io.tasklane.task.run.RunWatch;
import io.tasklane.task.run.TaskRunner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/** Everything on this node that runs tasks. */
public final class Dispatch {
  /**
   * Tasks have keys from 1 on; a message with this one only says that the queue should be seen to.
   */
  private static final long NO_TASK = 0;

  private static final Priority FIRST = new Priority(10);

  private final QueueOwners owners;
  private final Rebalancing succession;
  private final QueueDirectory directory;
  private final RunWatch watch;

  /**
   * Puts it together; {@link #keep} starts it.
   *
   * @param committer writes
   * @param turns settles and claims
   * @param groups settles and claims many at once
   * @param succession takes queues and gives them up
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
      CompleteTasks turns,
      CompleteGroups groups,
      Rebalancing succession,
      TaskRunner runner,
      RunCompletions settlements,
      LeaseKeeper lease,
      Consumer<Duration> alarm,
      Broker broker,
      WaitingTasks waiting,
      QueueDirectory directory,
      RunWatch watch,
      ThreadFactory threads) {
    QueueWork.Tools tools =
        new QueueWork.Tools(
            committer, turns, groups, succession, runner, settlements, lease, alarm);
    this.owners = new QueueOwners(tools, broker, waiting, threads);
    this.succession = succession;
    this.directory = directory;
    this.watch = watch;
  }

  /**
   * Starts an owner for every queue that has none, and stops those of deleted queues; called now
   * and then, and after every change.
   */
  public void keep() {
    directory.refresh();
    succession.refresh();
    owners.keep(directory.all());
  }

  /**
   * A node is gone: looks at once for what nobody owns now, and wakes the owners-to-be, of whom the
   * broker nominates one.
   */
  public void takeOver(ReadySignals hints) {
    succession.refresh();
    succession.open().forEach(queue -> wake(queue, hints));
  }

  /** This queue may start tasks again: tells its owner, on whatever node that is. */
  public void wake(int queue, ReadySignals hints) {
    if (directory.all().stream().anyMatch(known -> known.key() == queue)) {
      hints.ready(queue, NO_TASK, FIRST);
    }
    owners.ring(queue);
  }

  /** Wakes the owners of queues that were changed, on whatever node. */
  public void follow(List<LogEvent> events) {
    for (LogEvent event : events) {
      if (event.type().equals(LogEvent.QUEUE_CHANGED)) {
        directory.known(event.queue()).ifPresent(queue -> owners.ring(queue.key()));
      }
    }
  }

  /** The owner of this queue, if it waits on this node for a task to come. */
  public Optional<IdleOwners.Idle> idle(int queue) {
    return owners.idle(queue);
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
