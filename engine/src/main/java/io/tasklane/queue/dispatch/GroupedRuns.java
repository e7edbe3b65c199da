package io.tasklane.queue.dispatch;

import io.tasklane.commit.Ownership;
import io.tasklane.task.RunEnd;
import io.tasklane.task.Task;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.GroupCompletion;
import io.tasklane.task.complete.GroupResult;
import io.tasklane.task.run.TaskRunner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The runs of a queue whose completions are durable in groups, between one idle moment and the
 * next. Tasks are claimed ahead, so that every run's claim is durable before it starts; what has
 * ended is settled in the background, one command after another, while the next tasks run. Any
 * number of threads may take tasks from it.
 */
final class GroupedRuns {
  private static final Logger LOG = Logger.getLogger(GroupedRuns.class.getName());
  private static final long LOOK_MILLIS = 100;

  private record Ended(Task task, CompleteAndClaim.Completion completion) {}

  private final QueueWork.Tools tools;
  private final CompletionLoop turns;
  private final Ownership owner;
  private final BooleanSupplier waits;
  private final int ahead;
  private final Deque<Task> claimed = new ArrayDeque<>();
  private final List<Ended> ended = new ArrayList<>();
  private final Deque<Ended> troubled = new ArrayDeque<>();
  private List<Ended> flying = List.of();
  private boolean inFlight;
  private int running;
  private GroupResult.ClaimStatus next = GroupResult.ClaimStatus.MORE;

  /**
   * Runs on behalf of this owner.
   *
   * @param tools what all queues share
   * @param turns settles what a group cannot
   * @param owner who claims
   * @param waits whether the table has something ready
   * @param ahead tasks claimed and not settled at most
   */
  GroupedRuns(
      QueueWork.Tools tools,
      CompletionLoop turns,
      Ownership owner,
      BooleanSupplier waits,
      int ahead) {
    this.tools = tools;
    this.turns = turns;
    this.owner = owner;
    this.waits = waits;
    this.ahead = ahead;
  }

  /** Why there is nothing more to run, once all is settled. */
  synchronized GroupResult.ClaimStatus next() {
    return next;
  }

  /** Runs tasks one after another on the calling thread, until nothing is left. */
  void work(Runnable afterEach) throws InterruptedException {
    Optional<Task> task = take();
    while (task.isPresent()) {
      TaskRunner.Ran ran = tools.runner().run(task.get());
      hasEnded(task.get(), ran);
      afterEach.run();
      task = take();
    }
  }

  /** The next claimed task; waits for one, and settles what has ended meanwhile. */
  private Optional<Task> take() throws InterruptedException {
    while (true) {
      Optional<Ended> alone;
      synchronized (this) {
        alone = Optional.ofNullable(troubled.poll());
        if (alone.isEmpty()) {
          giveBackIfStopping();
          fly();
          if (!claimed.isEmpty()) {
            running++;
            return Optional.of(claimed.poll());
          }
          if (isOver()) {
            notifyAll();
            return Optional.empty();
          }
          wait(LOOK_MILLIS);
        }
      }
      if (alone.isPresent()) {
        turns.settleAlone(owner, alone.get().task(), alone.get().completion());
      } else {
        lookAgain();
      }
    }
  }

  private boolean isOver() {
    return !inFlight
        && ended.isEmpty()
        && troubled.isEmpty()
        && running == 0
        && next != GroupResult.ClaimStatus.MORE;
  }

  /** While others still run something, what has come in meanwhile may start beside it. */
  private void lookAgain() {
    synchronized (this) {
      if (inFlight || running == 0 || next != GroupResult.ClaimStatus.NOTHING_READY) {
        return;
      }
    }
    if (waits.getAsBoolean()) {
      synchronized (this) {
        next = next == GroupResult.ClaimStatus.NOTHING_READY ? GroupResult.ClaimStatus.MORE : next;
      }
    }
  }

  private synchronized void hasEnded(Task task, TaskRunner.Ran ran) {
    running--;
    ended.add(new Ended(task, tools.settlements().of(task, ran)));
    fly();
  }

  /** What was claimed and has not started goes back, in its order, where nothing more may start. */
  private void giveBackIfStopping() {
    if (!turns.isClosed() && tools.lease().isHeld()) {
      return;
    }
    next = next == GroupResult.ClaimStatus.MORE ? GroupResult.ClaimStatus.NOTHING_READY : next;
    for (Task task = claimed.poll(); task != null; task = claimed.poll()) {
      TaskRunner.Ran untouched = TaskRunner.Ran.without(new RunEnd.HandedBack());
      ended.add(new Ended(task, tools.settlements().of(task, untouched)));
    }
  }

  /** Sends what has ended, and asks for more; one command at a time, so that order is kept. */
  private void fly() {
    boolean asks = next == GroupResult.ClaimStatus.MORE && claimed.size() < Math.max(1, ahead / 2);
    if (inFlight || ended.isEmpty() && !asks) {
      return;
    }
    inFlight = true;
    flying = List.copyOf(ended);
    ended.clear();
    GroupCompletion turn =
        new GroupCompletion(
            owner, flying.stream().map(Ended::completion).toList(), asks ? ahead : 0);
    tools.committer().handIn(tools.groups(), turn).whenComplete((r, f) -> landed(asks, r, f));
  }

  private synchronized void landed(boolean asked, GroupResult result, Throwable failed) {
    inFlight = false;
    if (failed != null) {
      failed(failed);
    } else {
      for (int i = 0; i < flying.size(); i++) {
        settled(flying.get(i), result.completions().get(i));
      }
      claimed.addAll(result.claimed());
      next =
          asked || result.claimStatus() == GroupResult.ClaimStatus.NOT_OWNER
              ? result.claimStatus()
              : next;
      if (!ended.isEmpty()) {
        fly();
      }
    }
    notifyAll();
  }

  private void settled(Ended one, GroupResult.CompletionStatus how) {
    switch (how) {
      case DONE -> {
        turns.hasNowSettled(one.task().id());
        one.completion().decision().backoff().ifPresent(tools.alarm());
      }
      case STALE ->
          LOG.warning(
              one.task().name()
                  + ": its lease was over when it ended; its result was not accepted");
      case LATER -> ended.add(one);
    }
  }

  /** Each is sent alone then, so that the one that spoils the group fails alone. */
  private void failed(Throwable failed) {
    LOG.log(Level.WARNING, "a group of completions was not accepted; each is sent alone", failed);
    troubled.addAll(flying);
    if (flying.isEmpty()) {
      next = GroupResult.ClaimStatus.NOTHING_READY; // the idle look tries again
    }
  }
}
