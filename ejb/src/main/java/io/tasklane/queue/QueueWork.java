package io.tasklane.queue;

import io.tasklane.app.Refusal;
import io.tasklane.node.LeaseKeeper;
import io.tasklane.queue.jms.ConsumerRank;
import io.tasklane.store.GroupCommitter;
import io.tasklane.store.Ownership;
import io.tasklane.task.Task;
import io.tasklane.task.run.TaskRunner;
import io.tasklane.task.store.TakeTurns;
import io.tasklane.task.store.Turn;
import io.tasklane.task.store.TurnResult;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Works off one queue: takes it if it may, and runs its tasks one after another. */
final class QueueWork {
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
   * @param succession takes queues and gives them up
   * @param runner runs tasks
   * @param settlements decides what becomes of them
   * @param lease of this node
   * @param alarm is told in what time something will come due
   */
  record Tools(
      GroupCommitter committer,
      TakeTurns turns,
      Succession succession,
      TaskRunner runner,
      Settlements settlements,
      LeaseKeeper lease,
      Consumer<Duration> alarm) {}

  private static final Logger LOG = Logger.getLogger(QueueWork.class.getName());
  private static final Duration SETTLE_PAUSE = Duration.ofMillis(250);

  private final int queue;
  private final Tools tools;
  private final BooleanSupplier waits;
  private final Set<Long> settledLately = LatelySeen.ofSize(4096);
  private volatile boolean closed;
  private Ownership owner;

  /**
   * Work of this queue.
   *
   * @param queue its key
   * @param tools what all queues share
   * @param waits whether the table has something ready, looked up without a transaction
   */
  QueueWork(int queue, Tools tools, BooleanSupplier waits) {
    this.queue = queue;
    this.tools = tools;
    this.waits = waits;
  }

  /** Starts nothing more; the run under way is settled. */
  void close() {
    closed = true;
  }

  /** Runs what waits, until nothing more can be started. */
  Rest drain(HintsInHand hints) throws InterruptedException, JMSException {
    if (!tools.lease().isHeld()) {
      owner = null;
      return Rest.UNTIL_RUNG;
    }
    if (!isOwner()) {
      owner = take(hints).orElse(null);
      if (owner == null) {
        return Rest.ANOTHERS;
      }
    }
    if (tools.succession().isAskedFor(queue)) {
      return rest(TurnResult.Next.BID);
    }
    if (closed || !isWorthAClaim(hints)) {
      return Rest.UNTIL_HINTED;
    }
    TurnResult turn = claim();
    while (turn.next() == TurnResult.Next.CLAIMED || turn.next() == TurnResult.Next.ASK_AGAIN) {
      turn = turn.claimed().isPresent() ? runAndTurn(turn.claimed().get(), hints) : claim();
    }
    return rest(turn.next());
  }

  /** A message of a task that ran already is dropped; without one the table is looked at. */
  private boolean isWorthAClaim(HintsInHand hints) throws JMSException {
    return hints.hasTask() ? !settledLately.contains(hints.task()) : waits.getAsBoolean();
  }

  private Rest rest(TurnResult.Next next) {
    switch (next) {
      case BID -> {
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

  private Optional<Ownership> take(HintsInHand hints) {
    return tools.succession().take(queue, hints.isConnected(), hints.hasTask());
  }

  /** What the broker has to know of this node and the queue. */
  ConsumerRank rank() {
    return tools.succession().rank(queue, isOwner());
  }

  private TurnResult claim() {
    Turn turn = new Turn(owner, Optional.empty(), true);
    return tools.committer().submit(tools.turns(), turn).join();
  }

  private TurnResult runAndTurn(Task task, HintsInHand hints) throws InterruptedException {
    TaskRunner.Ran ran = tools.runner().run(task);
    Turn.Settle settle = tools.settlements().of(task, ran);
    TurnResult turn = settleUntilItCounts(task, settle);
    if (turn.settled() == TurnResult.Settled.STALE) {
      LOG.warning(task.name() + ": its lease was over when it ended; its result was not accepted");
    }
    settle.settlement().backoff().ifPresent(tools.alarm());
    settledLately.add(task.id());
    hints.next();
    return turn;
  }

  /** A settlement that cannot be written now is sent again, with the same token, until it is. */
  private TurnResult settleUntilItCounts(Task task, Turn.Settle settle)
      throws InterruptedException {
    Turn.Settle wanted = settle;
    while (true) {
      boolean claim = !closed && tools.lease().isHeld();
      try {
        return tools
            .committer()
            .submit(tools.turns(), new Turn(owner, Optional.of(wanted), claim))
            .join();
      } catch (CompletionException failed) {
        if (failed.getCause() instanceof Refusal refused
            && refused.sort() != Refusal.Sort.UNAVAILABLE) {
          wanted = tools.settlements().childRefused(task, refused, wanted.log());
        } else if (failed.getCause() instanceof Refusal) {
          LOG.warning(task.name() + ": " + failed.getCause().getMessage() + "; trying again");
          Thread.sleep(SETTLE_PAUSE.toMillis());
        } else {
          LOG.log(Level.SEVERE, task.name() + ": its result cannot be stored", failed.getCause());
          wanted = tools.settlements().unstorable(task, failed.getCause());
        }
      }
    }
  }
}
