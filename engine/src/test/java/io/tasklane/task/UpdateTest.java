package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Refusal;
import io.tasklane.commit.Ownership;
import io.tasklane.dependency.Dependency;
import io.tasklane.task.state.TaskState;
import io.tasklane.task.update.TaskUpdate;
import io.tasklane.task.update.TaskUpdate.Field;
import io.tasklane.task.update.UpdateTasks;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What waits can be changed, and the change counts at once. */
class UpdateTest {
  private final StoreBench store = new StoreBench();
  private final Instant soon = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.MICROS);

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_raised_priority_counts_at_once() {
    store.create(store.task(5));
    Task late = store.create(store.task(5));
    Task raised = update(late, priority(9));
    assertThat(raised.priority().value()).isEqualTo(9);
    assertThat(raised.version()).isEqualTo(late.version() + 1);
    Ownership owner = store.take("n1", 1).orElseThrow();
    assertThat(store.claim(owner).claimed().orElseThrow().id()).isEqualTo(late.id());
    assertThat(store.count("task_ready")).isOne();
  }

  @Test
  void interrupted_work_stays_at_the_very_front_whatever_its_priority() {
    Task interrupted = store.create(store.task(5));
    store.claim(store.take("n1", 1).orElseThrow());
    store.live("n1", 2);
    Ownership owner = store.take("n1", 2).orElseThrow();
    store.create(store.task(10));
    update(interrupted, priority(1));
    assertThat(store.claim(owner).claimed().orElseThrow().id()).isEqualTo(interrupted.id());
  }

  @Test
  void a_time_in_the_future_takes_it_out_and_none_puts_it_back() {
    Task task = store.create(store.task(5));
    assertThat(update(task, runAfter(Optional.of(soon))).state()).isEqualTo(TaskState.SCHEDULED);
    assertThat(store.count("task_ready")).isZero();
    assertThat(update(task, runAfter(Optional.of(soon.plusSeconds(1)))).start().runAfter())
        .contains(soon.plusSeconds(1));
    assertThat(store.count("task_due")).isOne();
    assertThat(update(task, runAfter(Optional.empty())).state()).isEqualTo(TaskState.QUEUED);
    assertThat(store.count("task_due")).isZero();
    assertThat(store.count("task_ready")).isOne();
  }

  @Test
  void a_new_expire_time_replaces_the_old_one() {
    Task task = store.create(store.task(5).withStart(StartConditions.NONE.expiringAt(soon)));
    update(task, expire(Optional.of(soon.plusSeconds(60))));
    assertThat(store.count("task_deadline")).isOne();
    update(task, expire(Optional.empty()));
    assertThat(store.count("task_deadline")).isZero();
  }

  @Test
  void labels_change_and_what_is_not_named_stays() {
    Task need = store.create(store.task(5));
    Task blocked =
        store.create(
            store.task(4).withStart(StartConditions.after(List.of(Dependency.on(need.taskId())))));
    TaskUpdate labels =
        new TaskUpdate(
            Set.of(Field.LABELS),
            new Priority(9),
            Optional.of(soon),
            Optional.of(soon),
            Map.of("desk", "us"));
    Task changed = update(blocked, labels);
    assertThat(changed.labels()).isEqualTo(Map.of("desk", "us"));
    assertThat(changed.priority()).isEqualTo(blocked.priority());
    assertThat(changed.start()).isEqualTo(blocked.start());
    assertThat(changed.state()).isEqualTo(TaskState.BLOCKED);
    assertThat(store.count("task_blocked")).isOne();
  }

  @Test
  void a_task_that_rests_takes_a_priority_and_no_times() {
    Task task = store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Failure passing = new Failure(Failure.Kind.RETRYABLE, "NETWORK", "m", "", Instant.EPOCH);
    store.complete(
        owner,
        store.claim(owner).claimed().orElseThrow(),
        new RunEnd.Failed(passing, Optional.empty(), Optional.empty()),
        false);
    assertThat(update(task, priority(8)).state()).isEqualTo(TaskState.RETRY_WAIT);
    assertThat(store.count("task_due")).isOne();
    refused(task, runAfter(Optional.of(soon)), "TASK_STARTED");
  }

  @Test
  void what_runs_or_has_ended_is_not_changed() {
    Task task = store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    refused(task, priority(9), "TASK_STARTED");
    store.complete(owner, run, StoreBench.succeeded(), false);
    refused(task, priority(9), "TASK_ENDED");
  }

  @Test
  void a_stale_etag_changes_nothing() {
    Task task = store.create(store.task(5));
    update(task, priority(6));
    UpdateTasks.Update stale =
        new UpdateTasks.Update(
            task.taskId(), OptionalInt.of(task.version()), priority(9), "tester");
    assertThatThrownBy(() -> StoreBench.get(store.committer.submit(store.updates, stale)))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.reason().name()).isEqualTo("ETAG_MISMATCH"))
        .hasMessageContaining("its etag is \"%d\", not \"%d\"", task.version() + 1, task.version());
    assertThat(store.read(task.taskId()).priority().value()).isEqualTo(6);
  }

  private void refused(Task task, TaskUpdate update, String reason) {
    assertThatThrownBy(() -> update(task, update))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.reason().name()).isEqualTo(reason));
  }

  private Task update(Task task, TaskUpdate update) {
    return StoreBench.get(
        store.committer.submit(
            store.updates,
            new UpdateTasks.Update(task.taskId(), OptionalInt.empty(), update, "tester")));
  }

  private static TaskUpdate priority(int priority) {
    return new TaskUpdate(
        Set.of(Field.PRIORITY),
        new Priority(priority),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  private static TaskUpdate runAfter(Optional<Instant> time) {
    return new TaskUpdate(
        Set.of(Field.RUN_AFTER_TIME), Priority.DEFAULT, time, Optional.empty(), Map.of());
  }

  private static TaskUpdate expire(Optional<Instant> time) {
    return new TaskUpdate(
        Set.of(Field.EXPIRE_TIME), Priority.DEFAULT, Optional.empty(), time, Map.of());
  }
}
