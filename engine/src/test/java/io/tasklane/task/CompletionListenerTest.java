package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.Batch;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.dependency.Dependency;
import io.tasklane.dependency.EndedTask;
import io.tasklane.feature.CompletionListener;
import io.tasklane.task.cancel.CancelTasks;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.complete.CompleteRuns;
import io.tasklane.task.complete.CompleteTasks;
import io.tasklane.task.complete.RunCompletion;
import io.tasklane.task.complete.RunOutputs;
import io.tasklane.task.due.ExpireTasks;
import io.tasklane.task.end.TaskEnds;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A feature takes part in the command that ends a task, however the task ends. */
class CompletionListenerTest {
  private static final int BIT = 4;

  private final StoreBench store = new StoreBench();
  private final Counting counting = new Counting();
  private final TaskEnds ends =
      new TaskEnds(store.resolver, List.of(store.gates, store.units, counting, store.dependents));
  private final CompleteTasks completions =
      new CompleteTasks(
          new CompleteRuns(new RunOutputs(store.creation), ends), store.dependents, store.claims);
  private Ownership owner;

  /** Writes a row for each end, in the transaction of the end. */
  private static final class Counting implements CompletionListener {
    private int calls;
    private boolean fails;

    @Override
    public boolean concerns(EndedTask task) {
      return (task.listeners() & BIT) != 0;
    }

    @Override
    public List<EndedTask> tasksEnded(Batch batch, List<EndedTask> ended) throws SQLException {
      calls++;
      for (EndedTask task : ended) {
        write(batch, task);
      }
      if (fails) {
        throw new IllegalStateException("the feature cannot go on");
      }
      return List.of();
    }

    @Override
    public void runsEnded(Batch batch, List<EndedTask> waiting) throws SQLException {
      for (EndedTask task : waiting) {
        write(batch, task);
      }
    }

    private static void write(Batch batch, EndedTask task) throws SQLException {
      try (PreparedStatement row =
          batch.connection().prepareStatement("INSERT INTO heard VALUES (?, ?)")) {
        row.setString(1, task.taskId());
        row.setString(2, task.state().name());
        row.executeUpdate();
      }
    }
  }

  @BeforeEach
  void createTable() {
    Postgres.run(store.database, "CREATE TABLE heard (task text, state text)");
    owner = store.take("n1", 1).orElseThrow();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void it_writes_in_the_very_command_that_completes_the_task() {
    store.create(store.named("mine", 5).withListeners(BIT));
    Task run = claimed();
    CompleteAndClaimResult result = complete(run, StoreBench.succeeded(), true);
    assertThat(result.claimed()).isEmpty();
    assertThat(store.read("mine").state().isFinal()).isTrue();
    assertThat(heard("mine", "SUCCEEDED")).isOne();
  }

  @Test
  void a_task_without_listeners_concerns_none_and_one_of_another_feature_neither() {
    store.create(store.named("plain", 5));
    complete(claimed(), StoreBench.succeeded(), false);
    store.create(store.named("other", 5).withListeners(2 * BIT));
    complete(claimed(), StoreBench.succeeded(), false);
    assertThat(counting.calls).isZero();
    assertThat(store.read("other").isFinished()).isTrue();
  }

  @Test
  void it_gets_all_tasks_of_a_batch_at_once() {
    Postgres.run(store.database, "UPDATE queue_owner SET concurrency = 5");
    for (int i = 0; i < 5; i++) {
      store.create(store.named("t" + i, 5).withListeners(BIT));
    }
    List<Task> runs = Stream.generate(this::claimed).limit(5).toList();
    List<Future<CompleteAndClaimResult>> ended = new java.util.ArrayList<>();
    io.tasklane.commit.Gate.oneBatch(
        store.committer,
        () -> runs.forEach(run -> ended.add(submit(run, StoreBench.succeeded(), false))));
    ended.forEach(StoreBench::get);
    assertThat(counting.calls).isOne();
    assertThat(store.count("heard")).isEqualTo(5);
  }

  @Test
  void it_is_called_for_cancelled_expired_and_skipped_tasks_and_for_a_run_that_is_tried_again() {
    CancelTasks cancels = new CancelTasks(ends);
    ExpireTasks expiry = new ExpireTasks(ends, store.nobody);
    Task needed = store.create(store.named("needed", 5).withListeners(BIT));
    store.create(
        store
            .named("skipped", 5)
            .withListeners(BIT)
            .withStart(StartConditions.after(List.of(Dependency.on(needed.taskId())))));
    store.create(
        store
            .named("expired", 5)
            .withListeners(BIT)
            .withStart(StartConditions.NONE.expiringAt(Instant.now().minusSeconds(1))));
    store.create(store.named("retried", 9).withListeners(BIT));
    StoreBench.get(store.committer.submit(cancels, StoreBench.cancelOf("needed")));
    StoreBench.get(store.committer.submit(expiry, 10));
    Failure failure = new Failure(Failure.Kind.RETRYABLE, "DOWN", "down", "", Instant.EPOCH);
    complete(claimed(), new RunEnd.Failed(failure, Optional.empty(), Optional.empty()), false);
    assertThat(heard("needed", "CANCELLED")).isOne();
    assertThat(heard("skipped", "SKIPPED")).isOne();
    assertThat(heard("expired", "FAILED")).isOne();
    assertThat(heard("retried", "RETRY_WAIT")).isOne();
  }

  @Test
  void where_it_fails_the_task_has_not_ended() {
    store.create(store.named("mine", 5).withListeners(BIT));
    Task run = claimed();
    counting.fails = true;
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> complete(run, StoreBench.succeeded(), false))
        .hasMessageContaining("the feature cannot go on");
    assertThat(store.read("mine").isFinished()).isFalse();
    assertThat(store.count("heard")).isZero();
  }

  private Task claimed() {
    return StoreBench.get(
            store.committer.submit(
                completions, new CompleteAndClaim(owner, Optional.empty(), true)))
        .claimed()
        .orElseThrow();
  }

  private CompleteAndClaimResult complete(Task run, RunEnd end, boolean claim) {
    return StoreBench.get(submit(run, end, claim));
  }

  private Future<CompleteAndClaimResult> submit(Task run, RunEnd end, boolean claim) {
    RunCompletion what = RunCompletion.of(end, run.retryPolicy(), run.attempt(), new Random(1));
    CompleteAndClaim.Completion completion =
        CompleteAndClaim.Completion.of(run, what, List.of(), "");
    return store.committer.submit(
        completions, new CompleteAndClaim(owner, Optional.of(completion), claim));
  }

  private long heard(String task, String state) {
    return store.count("heard WHERE task = '" + task + "' AND state = '" + state + "'");
  }
}
