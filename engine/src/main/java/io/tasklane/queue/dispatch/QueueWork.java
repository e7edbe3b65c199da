package io.tasklane.queue.dispatch;

import io.tasklane.commit.Ownership;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.queue.Durability;
import io.tasklane.queue.Queue;
import io.tasklane.signal.ConsumerPriority;
import io.tasklane.task.Task;
import io.tasklane.task.claim.IdleOwners;
import io.tasklane.task.complete.ClaimStatus;
import io.tasklane.task.complete.CompleteAndClaimResult;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;

/**
 * Runs the tasks of one queue: takes the queue if it may, and runs its tasks one after another, or
 * several at once.
 */
public final class QueueWork {
  /** Why nothing more can be started. */
  enum Rest {
    /** The queue is empty: wait for a message. */
    UNTIL_SIGNAL,
    /** Another node owns the queue, and its messages. */
    ANOTHERS,
    /** The queue starts nothing now; messages would only repeat what is known. */
    UNTIL_WOKEN
  }

  private final QueueKey queue;
  private final DispatchTools tools;
  private final BooleanSupplier waits;
  private final CompletionLoop loop;
  private final Slots slots;
  private final ThreadFactory threads;
  private volatile Durability durability = Durability.EACH;
  private volatile int width = 1;
  private volatile Ownership owner;
  private volatile boolean idle;

  /**
   * Work of this queue.
   *
   * @param queue whose tasks it runs
   * @param tools what all queues share
   * @param waits whether the table has a ready task, looked up without a transaction
   * @param threads makes threads for runs beside the owner's
   */
  QueueWork(Queue queue, DispatchTools tools, BooleanSupplier waits, ThreadFactory threads) {
    this.queue = queue.key();
    this.tools = tools;
    this.waits = waits;
    this.threads = threads;
    this.loop = new CompletionLoop(tools);
    this.slots = new Slots(queue.queueId(), loop, threads, waits);
    adapt(queue);
  }

  /** Starts nothing more; the runs under way are completed. */
  void close() {
    loop.close();
    slots.close();
  }

  /** Waits for the runs on other threads than the owner's, at most so long. */
  void await(Duration atMost) throws InterruptedException {
    slots.await(atMost);
  }

  /**
   * Continues with the new settings of the queue: if more tasks may run at once, they start at
   * once.
   */
  void adapt(Queue now) {
    Ownership mine = owner;
    durability = now.policy().durability();
    width = now.concurrency();
    if (slots.setWidth(width) && mine != null && durability == Durability.EACH) {
      slots.open(mine, Optional.empty());
    }
  }

  /** Whether the owner's thread waits for a task to start. */
  void waits(boolean forWork) {
    idle = forWork;
  }

  /** Whether this node holds its lease, without which it owns nothing. */
  boolean hasLease() {
    return tools.lease().isHeld();
  }

  /** Whether runs of this queue are under way on other threads than the owner's. */
  boolean hasRuns() {
    return slots.size() > 0;
  }

  /** The owner that could at once run a task which another command claims. */
  Optional<IdleOwners.Idle> idle() {
    Ownership mine = owner;
    boolean waits = idle && mine != null && slots.size() == 0 && !slots.isWide();
    return waits && durability == Durability.EACH && tools.lease().isHeld() && !loop.isClosed()
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
      slots.open(mine, Optional.of(claimed));
    }

    @Override
    public void isBusy() {
      idle = false;
    }
  }

  /** Whether the task of this message needs nothing more. */
  boolean isDoneWith(TaskKey task) {
    return loop.hasCompleted(task) || slots.size() == 0;
  }

  /** Runs ready tasks until nothing more can be started. */
  Rest drain(PendingAcknowledgement signals) throws InterruptedException, JMSException {
    if (!tools.lease().isHeld()) {
      owner = null;
      return Rest.UNTIL_WOKEN;
    }
    slots.failUnstarted();
    if (!own(signals)) {
      return Rest.ANOTHERS;
    }
    if (tools.rebalancing().isAskedFor(queue)) {
      return rest(ClaimStatus.BID);
    }
    if (loop.isClosed() || !isWorthAClaim(signals)) {
      return Rest.UNTIL_SIGNAL;
    }
    if (durability == Durability.GROUPED) {
      return rest(new GroupedWork(tools, loop, threads, waits).drain(owner, width, signals));
    }
    // A slot is also used here if only one task may run: it was claimed for when its task was
    // created.
    return slots.isWide() || slots.size() > 0 ? spread() : runHere(signals);
  }

  /** Drops the message of a task that ran already; without a message, looks into the table. */
  private boolean isWorthAClaim(PendingAcknowledgement signals) throws JMSException {
    return signals.hasTask() ? !loop.hasCompleted(signals.task()) : waits.getAsBoolean();
  }

  /** Runs tasks one after another on this thread, which saves two thread wake-ups for every run. */
  private Rest runHere(PendingAcknowledgement signals) throws InterruptedException {
    CompleteAndClaimResult result = loop.claim(owner);
    if (result.claimStatus() == ClaimStatus.NO_SLOT && slots.size() > 0) {
      return spread(); // it has just begun
    }
    slots.ownerRuns(true);
    try {
      boolean hasNews = false;
      while (hasNews
          || result.claimStatus() == ClaimStatus.CLAIMED
          || result.claimStatus() == ClaimStatus.ASK_AGAIN) {
        if (result.claimed().isPresent()) {
          if (slots.isWide()) {
            slots.open(owner, Optional.empty());
          }
          result = loop.run(owner, result.claimed().get());
          // a task that became ready after this claim is told by a message that is taken here
          hasNews = signals.next() && result.claimStatus() == ClaimStatus.NOTHING_READY;
        } else {
          result = loop.claim(owner);
          hasNews = false;
        }
      }
    } finally {
      slots.ownerRuns(false);
    }
    return rest(result.claimStatus());
  }

  /** Runs each task in a slot of its own, as many as may run. */
  private Rest spread() throws InterruptedException {
    while (true) {
      slots.failUnstarted();
      slots.noteReady(); // before the look: a slot that ends meanwhile continues
      if (!slots.hasRoom()) {
        return Rest.UNTIL_SIGNAL;
      }
      CompleteAndClaimResult result = loop.claim(owner);
      if (result.claimed().isPresent()) {
        slots.open(owner, result.claimed());
      } else if (result.claimStatus() != ClaimStatus.ASK_AGAIN) {
        slots.noteEmpty();
        return rest(result.claimStatus());
      }
    }
  }

  private Rest rest(ClaimStatus next) {
    switch (next) {
      case BID -> {
        if (slots.size() > 0) {
          return Rest.UNTIL_WOKEN; // handed over once the runs have ended
        }
        if (tools.rebalancing().give(owner)) {
          owner = null;
          tools.signals().look(queue); // reaches the next owner once this one's consumer is closed
        }
      }
      case NOT_OWNER -> owner = null;
      case NOT_ACTIVE, NO_SLOT -> {
        return Rest.UNTIL_WOKEN;
      }
      default -> {
        // nothing is ready: the next message or idle look says when
      }
    }
    return Rest.UNTIL_SIGNAL;
  }

  /**
   * Takes the queue if this node may own it, and runs nothing: whoever runs without a consumer
   * makes the broker nominate another node.
   */
  void own() {
    if (hasLease()) {
      own(PendingAcknowledgement.NONE);
    }
  }

  private boolean own(PendingAcknowledgement signals) {
    if (!isOwner()) {
      owner = take(signals).orElse(null);
    }
    return owner != null;
  }

  /** Whether this start of the node owns the queue. */
  private boolean isOwner() {
    return owner != null && owner.incarnation() == tools.lease().node().incarnation();
  }

  private Optional<Ownership> take(PendingAcknowledgement signals) {
    return tools.rebalancing().take(queue, signals.isConnected(), signals.hasTask());
  }

  /** How the broker should treat this node's consumer of the queue. */
  ConsumerPriority rank() {
    return tools.rebalancing().rank(queue, isOwner());
  }
}
