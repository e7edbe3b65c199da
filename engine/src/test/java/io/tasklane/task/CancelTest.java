package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.Refusal;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.task.cancel.CancelTasks;
import io.tasklane.task.complete.ClaimStatus;
import io.tasklane.task.state.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CancelTest {
  private final StoreBench store = new StoreBench();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void cancel_ends_what_waits_and_asks_what_runs() {
    Task running = store.create(store.task(9));
    Task waiting = store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    assertThat(cancel(waiting).state()).isEqualTo(TaskState.CANCELLED);
    assertThat(cancel(running).state()).isEqualTo(TaskState.CANCELLING);
    assertThat(cancel(running).state()).isEqualTo(TaskState.CANCELLING);
    store.complete(owner, run, new RunEnd.Stopped(Optional.empty()), false);
    assertThat(store.read(running.taskId()).state()).isEqualTo(TaskState.CANCELLED);
    assertThat(store.claim(owner).claimStatus()).isEqualTo(ClaimStatus.NOTHING_READY);
    assertThat(cancel(running).state()).isEqualTo(TaskState.CANCELLED);
  }

  @Test
  void force_is_a_detail_of_the_request_to_a_run_and_of_nothing_else() {
    Task running = store.create(store.task(9));
    Task waiting = store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    store.claim(owner);
    for (Task task : List.of(running, waiting)) {
      StoreBench.get(
          store.committer.submit(
              store.cancels, new CancelTasks.Cancel(task.taskId(), new Actor("tester", ""), true)));
    }
    assertThat(store.count("task_event WHERE task = " + running.id() + " AND data = 'force'"))
        .isOne();
    assertThat(store.count("task_event WHERE task = " + waiting.id() + " AND data IS NOT NULL"))
        .isZero();
  }

  @Test
  void a_task_that_has_succeeded_cannot_be_cancelled() {
    Task task = store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    store.complete(
        owner, store.claim(owner).claimed().orElseThrow(), StoreBench.succeeded(), false);
    Assertions.assertThatThrownBy(() -> cancel(task))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("is SUCCEEDED");
  }

  @Test
  void a_handler_that_returns_although_it_was_told_to_stop_has_succeeded() {
    Task task = store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    cancel(task);
    store.complete(owner, run, StoreBench.succeeded(), false);
    assertThat(store.read(task.taskId()).state()).isEqualTo(TaskState.SUCCEEDED);
  }

  @Test
  void a_retry_that_waits_is_cancelled_at_once() {
    Task task = store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    Failure failure = new Failure(Failure.Kind.RETRYABLE, "X", "", "", Instant.EPOCH);
    store.complete(
        owner, run, new RunEnd.Failed(failure, Optional.empty(), Optional.empty()), false);
    assertThat(cancel(task).state()).isEqualTo(TaskState.CANCELLED);
    assertThat(Postgres.number(store.database, "SELECT count(*) FROM task_due")).isZero();
  }

  @Test
  void a_second_cancel_by_force_is_logged_once_and_keeps_the_first_actor_and_the_states_time() {
    Task task = store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    store.claim(owner);
    cancel(task);
    String since = "SELECT extract(epoch FROM state_time) * 1000000 FROM task";
    long first = Postgres.number(store.database, since);
    Task forced = cancel(task, new Actor("hasty", "now"), true);
    assertThat(forced.state()).isEqualTo(TaskState.CANCELLING);
    assertThat(forced.cancelActor()).contains(new Actor("tester", "test"));
    assertThat(Postgres.number(store.database, since)).isEqualTo(first);
    cancel(task, new Actor("late", "again"), true);
    cancel(task);
    assertThat(store.count("task_event WHERE move = 7 AND actor = 'tester' AND data IS NULL"))
        .isOne();
    assertThat(store.count("task_event WHERE move = 7 AND actor = 'hasty' AND data = 'force'"))
        .isOne();
    assertThat(store.count("task_event WHERE move = 7")).isEqualTo(2);
    assertThat(store.count("task WHERE cancel_forced")).isOne();
  }

  private Task cancel(Task task) {
    return cancel(task, new Actor("tester", "test"), false);
  }

  private Task cancel(Task task, Actor actor, boolean force) {
    return StoreBench.get(
        store.committer.submit(store.cancels, new CancelTasks.Cancel(task.taskId(), actor, force)));
  }
}
