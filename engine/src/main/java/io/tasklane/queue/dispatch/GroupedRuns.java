package io.tasklane.queue.dispatch;

import io.tasklane.commit.Ownership;
import io.tasklane.fault.FatalErrors;
import io.tasklane.task.RunEnd;
import io.tasklane.task.Task;
import io.tasklane.task.complete.ClaimStatus;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.CompletionStatus;
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
 * next. Tasks are claimed ahead, so that every run's claim is durable before it starts. Ended runs
 * are completed in the background, one command after another, while the next tasks run. Any number
 * of threads may take tasks from it.
 */
final class GroupedRuns {
  private static final Logger LOG = Logger.getLogger(GroupedRuns.class.getName());
  private static final long LOOK_MILLIS = 100;

  private record Ended(Task task, CompleteAndClaim.Completion completion) {}

  private final DispatchTools tools;
  private final CompletionLoop loop;
  private final Ownership owner;
  private final BooleanSupplier waits;
  private final int ahead;
  private final Deque<Task> claimed = new ArrayDeque<>();
  private final List<Ended> ended = new ArrayList<>();
  private final Deque<Ended> troubled = new ArrayDeque<>();
  private List<Ended> flying = List.of();
  private boolean inFlight;
  private int running;
  private ClaimStatus next = ClaimStatus.MORE;

  /**
   * Runs tasks for this owner.
   *
   * @param tools what all queues share
   * @param loop completes what a group cannot
   * @param owner who claims
   * @param waits whether the table has a ready task
   * @param ahead maximum of tasks claimed and not completed
   */
  GroupedRuns(
      DispatchTools tools, CompletionLoop loop, Ownership owner, BooleanSupplier waits, int ahead) {
    this.tools = tools;
    this.loop = loop;
    this.owner = owner;
    this.waits = waits;
    this.ahead = ahead;
  }

  /** Why there is nothing more to run, once all runs are completed. */
  synchronized ClaimStatus next() {
    return next;
  }

  /** Runs tasks one after another on the calling thread, until nothing is left. */
  void work(Runnable afterEach) throws InterruptedException {
    try {
      Optional<Task> task = take();
      while (task.isPresent()) {
        TaskRunner.Ran ran = tools.runner().run(task.get());
        hasEnded(task.get(), ran);
        tools.faults().attempt("signals of queues", afterEach);
        task = take();
      }
    } catch (InterruptedException | RuntimeException | Error thrown) {
      abandon();
      throw thrown;
    }
  }

  /** A thread leaves in the middle: what nobody has begun is released, or else is an orphan. */
  private synchronized void abandon() {
    next = next == ClaimStatus.MORE ? ClaimStatus.NOTHING_READY : next;
    giveBack();
    List<Ended> inHand = new ArrayList<>(ended);
    inHand.addAll(flying);
    inHand.addAll(troubled);
    fly();
    inHand.forEach(one -> tools.held().letGo(one.task()));
  }

  /** The next claimed task; waits for one, and completes ended runs meanwhile. */
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
        loop.completeAlone(owner, alone.get().task(), alone.get().completion());
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
        && next != ClaimStatus.MORE;
  }

  /** While others are still running, a task that has come in since may start beside them. */
  private void lookAgain() {
    synchronized (this) {
      if (inFlight || running == 0 || next != ClaimStatus.NOTHING_READY) {
        return;
      }
    }
    tools.faults().attempt("look for ready tasks beside runs", this::askAgainIfOneWaits);
  }

  private void askAgainIfOneWaits() {
    if (waits.getAsBoolean()) {
      synchronized (this) {
        next = next == ClaimStatus.NOTHING_READY ? ClaimStatus.MORE : next;
      }
    }
  }

  private synchronized void hasEnded(Task task, TaskRunner.Ran ran) {
    running--;
    ended.add(new Ended(task, tools.runCompletions().of(task, ran)));
    fly();
  }

  /** Releases what was claimed and has not started, in its order, if nothing more may start. */
  private void giveBackIfStopping() {
    if (!loop.isClosed() && tools.lease().isHeld()) {
      return;
    }
    next = next == ClaimStatus.MORE ? ClaimStatus.NOTHING_READY : next;
    giveBack();
  }

  private void giveBack() {
    for (Task task = claimed.poll(); task != null; task = claimed.poll()) {
      TaskRunner.Ran untouched = TaskRunner.Ran.without(new RunEnd.HandedBack());
      ended.add(new Ended(task, tools.runCompletions().of(task, untouched)));
    }
  }

  /**
   * Sends the ended runs and asks for more tasks; one command at a time, so that the order is kept.
   */
  private void fly() {
    boolean asks = next == ClaimStatus.MORE && claimed.size() < Math.max(1, ahead / 2);
    if (inFlight || ended.isEmpty() && !asks) {
      return;
    }
    inFlight = true;
    flying = List.copyOf(ended);
    ended.clear();
    GroupCompletion command =
        new GroupCompletion(
            owner, flying.stream().map(Ended::completion).toList(), asks ? ahead : 0);
    try {
      tools.committer().handIn(tools.groups(), command).whenComplete((r, f) -> landed(asks, r, f));
    } catch (RuntimeException | Error thrown) { // nobody would answer, and all would wait for it
      FatalErrors.passOn(thrown);
      landed(asks, null, thrown);
    }
  }

  private synchronized void landed(boolean asked, GroupResult result, Throwable failed) {
    inFlight = false;
    if (failed != null) {
      failed(failed);
    } else {
      result.claimed().stream().filter(tools.held()::hold).forEach(claimed::add);
      for (int i = 0; i < flying.size(); i++) {
        completed(flying.get(i), result.completions().get(i));
      }
      next = asked || result.claimStatus() == ClaimStatus.NOT_OWNER ? result.claimStatus() : next;
      if (!ended.isEmpty()) {
        fly();
      }
    }
    notifyAll();
  }

  private void completed(Ended one, CompletionStatus how) {
    switch (how) {
      case DONE -> {
        tools.held().letGo(one.task());
        loop.afterwards(one.completion());
      }
      case STALE -> {
        tools.held().letGo(one.task());
        LOG.warning(
            one.task().name() + ": its lease was over when it ended; its result was not accepted");
      }
      case LATER -> ended.add(one);
    }
  }

  /** Sends each completion alone, so that only the one that made the group fail fails. */
  private void failed(Throwable failed) {
    LOG.log(Level.WARNING, "a group of completions was not accepted; each is sent alone", failed);
    troubled.addAll(flying);
    if (flying.isEmpty()) {
      next = ClaimStatus.NOTHING_READY; // the idle look tries again
    }
  }
}
