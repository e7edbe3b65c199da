package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.dependency.Dependency;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.state.TaskState;
import io.tasklane.timeout.TimeLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A task starts neither before its run-after time nor after its expire time. */
class StartTimeTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private final StoreBench store = new StoreBench();
  private final Instant now = Instant.now();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_task_is_not_started_before_its_time() {
    Task task = store.create(at(StartConditions.NONE.notBefore(now.plus(HOUR))));
    assertThat(task.state()).isEqualTo(TaskState.SCHEDULED);
    release();
    Ownership owner = store.take("n1", 1).orElseThrow();
    assertThat(store.claim(owner).claimed()).isEmpty();
    Postgres.run(store.database, "UPDATE task_due SET due = now() - interval '1 s'");
    release();
    assertThat(store.claim(owner).claimed().orElseThrow().id()).isEqualTo(task.id());
  }

  @Test
  void a_time_that_has_passed_holds_up_nothing() {
    Task task = store.create(at(StartConditions.NONE.notBefore(now.minus(HOUR))));
    assertThat(task.state()).isEqualTo(TaskState.QUEUED);
  }

  @Test
  void a_released_task_still_waits_for_its_time() {
    Task need = store.create(store.task(5));
    StartConditions both =
        StartConditions.after(List.of(Dependency.on(need.taskId()))).notBefore(now.plus(HOUR));
    Task task = store.create(at(both));
    Ownership owner = store.take("n1", 1).orElseThrow();
    store.complete(
        owner, store.claim(owner).claimed().orElseThrow(), StoreBench.succeeded(), false);
    assertThat(state(task)).isEqualTo(TaskState.SCHEDULED);
    store.cancel(task.taskId());
    assertThat(store.count("task_due")).isZero();
  }

  @Test
  void what_was_not_started_in_time_fails_wherever_it_waits_and_its_dependents_hear_of_it() {
    Task ready = store.create(expiring(StartConditions.NONE));
    Task later = store.create(expiring(StartConditions.NONE.notBefore(now.plus(HOUR))));
    Task blocked =
        store.create(expiring(StartConditions.after(List.of(Dependency.on(later.taskId())))));
    Task dependent =
        store.create(at(StartConditions.after(List.of(Dependency.on(ready.taskId())))));
    timePasses();
    assertThat(expire()).isEqualTo(3);
    for (Task task : List.of(ready, later)) {
      assertThat(state(task)).isEqualTo(TaskState.FAILED);
      Failure failure = store.read(task.taskId()).failure().orElseThrow();
      assertThat(failure.kind()).isEqualTo(Failure.Kind.TIMEOUT);
      assertThat(failure.code()).isEqualTo(TimeLimit.EXPIRE_TIME.code());
    }
    assertThat(state(blocked)).isIn(TaskState.FAILED, TaskState.SKIPPED);
    assertThat(state(dependent)).isEqualTo(TaskState.SKIPPED);
    for (String table : List.of("task_ready", "task_due", "task_blocked", "task_deadline")) {
      assertThat(store.count(table)).as(table).isZero();
    }
    assertThat(expire()).isZero();
  }

  @Test
  void an_overdue_head_is_not_started_and_does_not_hold_up_its_queue() {
    Task overdue = store.create(expiring(StartConditions.NONE));
    Task next = store.create(store.task(1));
    timePasses();
    Ownership owner = store.take("n1", 1).orElseThrow();
    assertThat(store.claim(owner).claimStatus())
        .isEqualTo(CompleteAndClaimResult.ClaimStatus.ASK_AGAIN);
    assertThat(state(overdue)).isEqualTo(TaskState.FAILED);
    assertThat(store.claim(owner).claimed().orElseThrow().id()).isEqualTo(next.id());
  }

  @Test
  void a_task_that_has_started_does_not_expire() {
    Task task = store.create(expiring(StartConditions.NONE));
    store.claim(store.take("n1", 1).orElseThrow());
    timePasses();
    expire();
    assertThat(state(task)).isEqualTo(TaskState.RUNNING);
    assertThat(store.count("task_deadline")).isZero();
  }

  /** All expire times have come. */
  private void timePasses() {
    Postgres.run(
        store.database,
        "UPDATE task SET expire_time = now() - interval '1 s' WHERE expire_time IS NOT NULL;"
            + " UPDATE task_deadline SET due = now() - interval '1 s'");
  }

  private NewTask at(StartConditions start) {
    return store.task(5).withStart(start);
  }

  private NewTask expiring(StartConditions start) {
    return at(start.expiringAt(now.plus(HOUR.multipliedBy(2))));
  }

  private TaskState state(Task task) {
    return store.read(task.taskId()).state();
  }

  private int expire() {
    return StoreBench.get(store.committer.submit(store.expiry, 100));
  }

  private void release() {
    StoreBench.get(store.committer.submit(store.due, 100));
  }
}
