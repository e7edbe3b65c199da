package io.tasklane.queue;

import io.tasklane.store.Ownership;
import io.tasklane.task.store.GroupResult;
import io.tasklane.task.store.TurnResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Works off a queue whose completions are durable in groups. What has an ordering key, needs
 * resources or was interrupted runs by itself, when all before it is settled.
 */
final class GroupedWork {
  private static final Logger LOG = Logger.getLogger(GroupedWork.class.getName());

  private final QueueWork.Tools tools;
  private final TurnTaker turns;
  private final ThreadFactory threads;
  private final BooleanSupplier waits;

  GroupedWork(
      QueueWork.Tools tools, TurnTaker turns, ThreadFactory threads, BooleanSupplier waits) {
    this.tools = tools;
    this.turns = turns;
    this.threads = threads;
    this.waits = waits;
  }

  /**
   * Runs what waits, until nothing more may start and all is settled.
   *
   * @param width runs at once
   */
  TurnResult.Next drain(Ownership owner, int width, HintsInHand hints) throws InterruptedException {
    while (true) {
      GroupResult.Next next = runAhead(owner, width, hints);
      if (next != GroupResult.Next.HEAD_ALONE) {
        return whyNothing(next);
      }
      TurnResult turn = turns.claim(owner);
      if (turn.claimed().isPresent()) {
        turns.runAlone(owner, turn.claimed().get());
      } else if (turn.next() != TurnResult.Next.ASK_AGAIN
          && turn.next() != TurnResult.Next.NOTHING_READY) {
        return turn.next();
      }
      hints.next();
    }
  }

  private GroupResult.Next runAhead(Ownership owner, int width, HintsInHand hints)
      throws InterruptedException {
    int ahead = Durability.CLAIMS_AHEAD + width - 1;
    GroupedRuns runs = new GroupedRuns(tools, turns, owner, waits, ahead);
    List<Thread> others = new ArrayList<>();
    for (int i = 1; i < width; i++) {
      Thread thread = threads.newThread(() -> work(runs));
      thread.setName("tasklane-group-" + owner.queue() + "-" + i);
      thread.start();
      others.add(thread);
    }
    runs.work(hints::next);
    for (Thread other : others) {
      other.join();
    }
    return runs.next();
  }

  private static void work(GroupedRuns runs) {
    try {
      runs.work(() -> {});
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException fault) {
      LOG.log(Level.SEVERE, "a run beside the owner's thread ends", fault);
    }
  }

  private static TurnResult.Next whyNothing(GroupResult.Next next) {
    return switch (next) {
      case NOT_ACTIVE -> TurnResult.Next.NOT_ACTIVE;
      case BID -> TurnResult.Next.BID;
      case NOT_OWNER -> TurnResult.Next.NOT_OWNER;
      default -> TurnResult.Next.NOTHING_READY;
    };
  }
}
