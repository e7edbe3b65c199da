package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.Gate;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.queue.ownership.TakeQueues;
import io.tasklane.task.complete.ClaimStatus;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.complete.CompletionStatus;
import io.tasklane.task.complete.ReportProgress;
import io.tasklane.task.complete.RunCompletion;
import io.tasklane.task.state.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A move in a transaction that is older than the task's last move is made in a later one, so that
 * the log has the moves of a task in their order.
 */
class LogOrderTest {
  private final StoreBench store = new StoreBench();
  private final GroupCommitter older = new GroupCommitter(store.database, Thread::new, () -> {});
  private final Task task = store.create(store.task(5));
  private final Ownership owner = store.take("n1", 1).orElseThrow();

  @AfterEach
  void close() {
    older.close();
    store.close();
  }

  @Test
  void a_completion_begun_before_a_cancel_and_made_after_it() {
    Task run = store.claim(owner).claimed().orElseThrow();
    CompleteAndClaimResult result =
        inOlderTransaction(
            () -> older.submit(store.completions, complete(run, StoreBench.succeeded())),
            () -> store.cancel(task.taskId()));
    assertThat(result.completion()).isEqualTo(CompletionStatus.DONE);
    assertThat(store.read(task.taskId()).state()).isEqualTo(TaskState.SUCCEEDED);
    TaskLog.isInOrder(store.database);
  }

  @Test
  void a_cancel_begun_before_a_claim_and_made_after_it() {
    Task cancelled =
        inOlderTransaction(
            () -> older.submit(store.cancels, StoreBench.cancelOf(task.taskId())),
            () -> store.claim(owner));
    assertThat(cancelled.state()).isEqualTo(TaskState.CANCELLING);
    TaskLog.isInOrder(store.database);
  }

  @Test
  void a_claim_begun_before_the_task_came_due_and_made_after_it() {
    Task run = store.claim(owner).claimed().orElseThrow();
    store.complete(owner, run, failed(), false);
    CompleteAndClaimResult result =
        inOlderTransaction(
            () ->
                older.submit(
                    store.completions, new CompleteAndClaim(owner, Optional.empty(), true)),
            () -> {
              makeDue();
              assertThat(StoreBench.get(store.committer.submit(store.due, 10))).isOne();
            });
    assertThat(result.claimStatus()).isIn(ClaimStatus.ASK_AGAIN, ClaimStatus.CLAIMED);
    TaskLog.isInOrder(store.database);
  }

  @Test
  void a_lost_lease_found_before_a_cancel_and_taken_after_it_is_no_way_around_the_cancel() {
    store.claim(owner);
    store.live("n1", 2);
    Optional<Ownership> taken =
        inOlderTransaction(
            () -> older.submit(store.takes, new TakeQueues.Take(store.queue, "n1", 2, true)),
            () -> store.cancel(task.taskId()));
    assertThat(taken).isPresent();
    assertThat(store.read(task.taskId()).state()).isEqualTo(TaskState.CANCELLED);
    TaskLog.isInOrder(store.database);
  }

  @Test
  void a_report_of_progress_begun_before_a_cancel() {
    Task run = store.claim(owner).claimed().orElseThrow();
    Progress half = new Progress(1, 2, "", "", Instant.EPOCH);
    inOlderTransaction(
        () ->
            older.submit(
                new ReportProgress(),
                new ReportProgress.Report(run.id(), run.fencingToken(), half)),
        () -> store.cancel(task.taskId()));
    TaskLog.isInOrder(store.database);
  }

  /** Begins a transaction, makes the newer move, and only then goes on with the older. */
  private <T> T inOlderTransaction(Supplier<CompletableFuture<T>> command, Runnable newer) {
    Gate first = new Gate();
    Gate held = new Gate();
    first.close(older);
    older.submit(held, "hold"); // meets the command in the next batch, and comes before it
    CompletableFuture<T> reply = command.get();
    first.open();
    held.awaitEntered();
    newer.run();
    held.open();
    return StoreBench.get(reply);
  }

  private void makeDue() {
    Postgres.run(
        store.database,
        "UPDATE task SET next_attempt_time = now(); UPDATE task_due SET due = now()");
  }

  private CompleteAndClaim complete(Task run, RunEnd end) {
    RunCompletion what = RunCompletion.of(end, run.retryPolicy(), run.attempt(), new Random(1));
    return new CompleteAndClaim(
        owner,
        Optional.of(
            new CompleteAndClaim.Completion(run.id(), run.fencingToken(), what, List.of(), "")),
        false);
  }

  private static RunEnd failed() {
    Failure failure = new Failure(Failure.Kind.RETRYABLE, "X", "", "", Instant.EPOCH);
    return new RunEnd.Failed(failure, Optional.empty(), Optional.empty());
  }
}
