package io.tasklane.queue.dispatch;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.commit.Ownership;
import io.tasklane.node.LeaseKeeper;
import io.tasklane.queue.Durability;
import io.tasklane.queue.Queue;
import io.tasklane.queue.ownership.Rebalancing;
import io.tasklane.signal.ConsumerPriority;
import io.tasklane.task.Task;
import io.tasklane.task.claim.IdleOwners;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.complete.CompleteGroups;
import io.tasklane.task.complete.CompleteTasks;
import io.tasklane.task.run.TaskRunner;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Works off one queue: takes it if it may, and runs its tasks, one after another or so many at
 * once.
 */
public final class QueueWork {
  /** What to do when nothing more can be started. */
  enum Rest {
    /** Wait for a message. */
    UNTIL_HINTED,
    /** The queue is another node's, and so are its messages. */
    ANOTHERS,
    /** The queue starts nothing now; messages would only say what is known. */
    UNTIL_RUNG
  }

  /**
   * What every queue's work has in common.
   *
   * @param committer writes
   * @param turns settles and claims
   * @param groups settles and claims many at once
   * @param succession takes queues and gives them up
   * @param runner runs tasks
   * @param settlements decides what becomes of them
   * @param lease of this node
   * @param alarm is told in what time something will come due
   */
  public record Tools(
      GroupCommitter committer,
      CompleteTasks turns,
      CompleteGroups groups,
      Rebalancing succession,
      TaskRunner runner,
      RunCompletions settlements,
      LeaseKeeper lease,
      Consumer<Duration> alarm) {}

  private final int queue;
  private final Tools tools;
  private final BooleanSupplier waits;
  private final CompletionLoop turns;
  private final Slots lanes;
  private final ThreadFactory threads;
  private volatile Durability durability = Durability.EACH;
  private volatile int width = 1;
  private volatile Ownership owner;
  private volatile boolean idle;

  /**
   * Work of this queue.
   *
   * @param queue what it works off
   * @param tools what all queues share
   * @param waits whether the table has something ready, looked up without a transaction
   * @param threads makes threads for runs beside the owner's
   */
  QueueWork(Queue queue, Tools tools, BooleanSupplier waits, ThreadFactory threads) {
    this.queue = queue.key();
    this.tools = tools;
    this.waits = waits;
    this.threads = threads;
    this.turns = new CompletionLoop(tools);
    this.lanes = new Slots(queue.queueId(), turns, threads, waits);
    adapt(queue);
  }

  /** Starts nothing more; the runs under way are settled. */
  void close() {
    turns.close();
    lanes.close();
  }

  /** Waits for the runs beside the owner's thread, at most so long. */
  void await(Duration atMost) throws InterruptedException {
    lanes.await(atMost);
  }

  /** Goes on as the queue is now: where it may run more at once they start at once. */
  void adapt(Queue now) {
    Ownership mine = owner;
    durability = now.policy().durability();
    width = now.concurrency();
    if (lanes.setWidth(width) && mine != null && durability == Durability.EACH) {
      lanes.open(mine, Optional.empty());
    }
  }

  /** Whether the owner's thread waits for something to start. */
  void waits(boolean forWork) {
    idle = forWork;
  }

  /** Who could run a task at once that somebody else claims. */
  Optional<IdleOwners.Idle> idle() {
    Ownership mine = owner;
    boolean waits = idle && mine != null && lanes.size() == 0 && !lanes.isWide();
    return waits && durability == Durability.EACH && tools.lease().isHeld() && !turns.isClosed()
        ? Optional.of(new Waiter(mine))
        : Optional.empty();
  }

  private final class Waiter implements IdleOwners.Idle {
    private final Ownership mine;

    Waiter(Ownership mine) {
      this.mine = mine;
    }

    @Override
    public Ownership ownership() {
      return mine;
    }

    @Override
    public void run(Task claimed) {
      lanes.open(mine, Optional.of(claimed));
    }

    @Override
    public void isBusy() {
      idle = false;
    }
  }

  /** Whether nothing more is to be done about this task's message. */
  boolean isDoneWith(long task) {
    return turns.hasSettled(task) || lanes.size() == 0;
  }

  /** Runs what waits, until nothing more can be started. */
  Rest drain(PendingAcknowledgement hints) throws InterruptedException, JMSException {
    if (!tools.lease().isHeld()) {
      owner = null;
      return Rest.UNTIL_RUNG;
    }
    lanes.failUnstarted();
    if (!isOwner()) {
      owner = take(hints).orElse(null);
      if (owner == null) {
        return Rest.ANOTHERS;
      }
    }
    if (tools.succession().isAskedFor(queue)) {
      return rest(CompleteAndClaimResult.ClaimStatus.BID);
    }
    if (turns.isClosed() || !isWorthAClaim(hints)) {
      return Rest.UNTIL_HINTED;
    }
    if (durability == Durability.GROUPED) {
      return rest(new GroupedWork(tools, turns, threads, waits).drain(owner, width, hints));
    }
    // a lane runs here also where only one may: it was claimed for when its task was created
    return lanes.isWide() || lanes.size() > 0 ? spread() : runHere(hints);
  }

  /** A message of a task that ran already is dropped; without one the table is looked at. */
  private boolean isWorthAClaim(PendingAcknowledgement hints) throws JMSException {
    return hints.hasTask() ? !turns.hasSettled(hints.task()) : waits.getAsBoolean();
  }

  /** One after another on this thread, which saves every run two wake-ups. */
  private Rest runHere(PendingAcknowledgement hints) throws InterruptedException {
    CompleteAndClaimResult turn = turns.claim(owner);
    if (turn.claimStatus() == CompleteAndClaimResult.ClaimStatus.NO_SLOT && lanes.size() > 0) {
      return spread(); // it has just begun
    }
    lanes.ownerRuns(true);
    try {
      while (turn.claimStatus() == CompleteAndClaimResult.ClaimStatus.CLAIMED
          || turn.claimStatus() == CompleteAndClaimResult.ClaimStatus.ASK_AGAIN) {
        if (turn.claimed().isPresent()) {
          if (lanes.isWide()) {
            lanes.open(owner, Optional.empty());
          }
          turn = turns.run(owner, turn.claimed().get());
          hints.next();
        } else {
          turn = turns.claim(owner);
        }
      }
    } finally {
      lanes.ownerRuns(false);
    }
    return rest(turn.claimStatus());
  }

  /** Each in a lane of its own, as many as may run. */
  private Rest spread() throws InterruptedException {
    while (true) {
      lanes.failUnstarted();
      lanes.hint(); // before the look: a lane that ends meanwhile goes on
      if (!lanes.hasRoom()) {
        return Rest.UNTIL_HINTED;
      }
      CompleteAndClaimResult turn = turns.claim(owner);
      if (turn.claimed().isPresent()) {
        lanes.open(owner, turn.claimed());
      } else if (turn.claimStatus() != CompleteAndClaimResult.ClaimStatus.ASK_AGAIN) {
        lanes.unhint();
        return rest(turn.claimStatus());
      }
    }
  }

  private Rest rest(CompleteAndClaimResult.ClaimStatus next) {
    switch (next) {
      case BID -> {
        if (lanes.size() > 0) {
          return Rest.UNTIL_RUNG; // handed over when the runs have ended
        }
        if (tools.succession().give(owner)) {
          owner = null;
        }
      }
      case NOT_OWNER -> owner = null;
      case NOT_ACTIVE, NO_SLOT -> {
        return Rest.UNTIL_RUNG;
      }
      default -> {
        // nothing waits: a message, or the idle look, says when
      }
    }
    return Rest.UNTIL_HINTED;
  }

  /** Whether it owns the queue in this start of the node. */
  private boolean isOwner() {
    return owner != null && owner.incarnation() == tools.lease().node().incarnation();
  }

  private Optional<Ownership> take(PendingAcknowledgement hints) {
    return tools.succession().take(queue, hints.isConnected(), hints.hasTask());
  }

  /** What the broker has to know of this node and the queue. */
  ConsumerPriority rank() {
    return tools.succession().rank(queue, isOwner());
  }
}
