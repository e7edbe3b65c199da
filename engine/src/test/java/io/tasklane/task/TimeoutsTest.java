package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.dependency.Dependency;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.complete.GroupCompletion;
import io.tasklane.task.complete.GroupResult;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.state.TaskState;
import io.tasklane.task.update.TaskUpdate;
import io.tasklane.task.update.UpdateTasks;
import io.tasklane.timeout.RequestedTimeouts;
import io.tasklane.timeout.TimeLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A task that waits ends when its longest wait, or the time of all its attempts, is over. */
class TimeoutsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final RequestedTimeouts WAITS = RequestedTimeouts.NONE.withQueue(HOUR);
  private static final RequestedTimeouts IN_ALL = RequestedTimeouts.NONE.withTotal(HOUR);
  private final StoreBench store = new StoreBench();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void the_limits_of_a_task_stand_in_its_row_and_those_of_none_are_none() {
    RequestedTimeouts all =
        new RequestedTimeouts(
            Optional.of(HOUR),
            Optional.of(HOUR.plusMillis(1)),
            Optional.of(HOUR.plusMillis(2)),
            Optional.of(Duration.ZERO));
    for (RequestedTimeouts wishes : List.of(all, RequestedTimeouts.NONE)) {
      NewTask task = limited(wishes);
      Task created = store.create(task);
      assertThat(created.spec().timeouts()).isEqualTo(task.spec().timeouts());
      assertThat(store.read(task.taskId())).isEqualTo(created);
    }
    assertThat(store.count("task_deadline")).isOne();
  }

  @Test
  void what_waits_longer_than_its_queue_timeout_fails_and_its_dependents_hear_of_it() {
    Task task = store.create(limited(WAITS));
    Task other = store.create(store.task(5));
    Task dependent = store.create(store.task(5).withStart(after(task)));
    assertThat(look()).as("its time has not come").isZero();
    passes(HOUR);
    assertThat(look()).isOne();
    timedOut(task, TimeLimit.QUEUE_TIMEOUT.code());
    assertThat(state(other)).isEqualTo(TaskState.QUEUED);
    assertThat(state(dependent)).isEqualTo(TaskState.SKIPPED);
    assertThat(store.count("task_deadline")).isZero();
  }

  @Test
  void the_queue_timeout_begins_when_the_task_is_ready() {
    Task need = store.create(store.task(9));
    Task blocked = store.create(limited(WAITS).withStart(after(need)));
    Task later =
        store.create(
            limited(WAITS)
                .withStart(
                    StartConditions.NONE.notBefore(Instant.now().plus(HOUR.multipliedBy(9)))));
    passes(HOUR.multipliedBy(2));
    assertThat(look()).isEqualTo(2);
    assertThat(state(blocked)).isEqualTo(TaskState.BLOCKED);
    assertThat(state(later)).isEqualTo(TaskState.SCHEDULED);
    Ownership owner = owner();
    store.complete(
        owner, store.claim(owner).claimed().orElseThrow(), StoreBench.succeeded(), false);
    Postgres.run(store.database, "UPDATE task_due SET due = now() - interval '1 s'");
    StoreBench.get(store.committer.submit(store.due, 100));
    lookEarly();
    assertThat(state(blocked)).as("its hour begins now").isEqualTo(TaskState.QUEUED);
    assertThat(state(later)).isEqualTo(TaskState.QUEUED);
    passes(HOUR);
    assertThat(look()).isEqualTo(2);
    timedOut(blocked, TimeLimit.QUEUE_TIMEOUT.code());
    timedOut(later, TimeLimit.QUEUE_TIMEOUT.code());
  }

  @Test
  void what_has_not_begun_to_count_is_looked_at_again_only_after_a_whole_limit() {
    Task need = store.create(store.task(9));
    for (RequestedTimeouts wishes : List.of(WAITS, IN_ALL)) {
      store.create(limited(wishes).withStart(after(need)));
    }
    passes(HOUR);
    assertThat(look()).isEqualTo(2);
    assertThat(store.count("task_deadline WHERE due > now() + interval '50 min'")).isEqualTo(2);
  }

  @Test
  void a_head_whose_time_is_over_is_not_started_and_does_not_hold_up_its_queue() {
    Task overdue = store.create(limited(WAITS));
    Task next = store.create(store.task(1));
    Postgres.run(store.database, "UPDATE task SET state_time = now() - interval '1 h'");
    Ownership owner = owner(); // nobody has looked yet, nor would for an hour
    assertThat(store.claim(owner).claimStatus())
        .isEqualTo(CompleteAndClaimResult.ClaimStatus.ASK_AGAIN);
    timedOut(overdue, TimeLimit.QUEUE_TIMEOUT.code());
    assertThat(store.claim(owner).claimed().orElseThrow().id()).isEqualTo(next.id());
  }

  @Test
  void a_head_whose_time_is_over_is_not_claimed_ahead_either() {
    Task overdue = store.create(limited(WAITS));
    Task next = store.create(store.task(1));
    Postgres.run(store.database, "UPDATE task SET state_time = now() - interval '1 h'");
    Ownership owner = owner();
    assertThat(ahead(owner).claimStatus()).isEqualTo(GroupResult.ClaimStatus.MORE);
    timedOut(overdue, TimeLimit.QUEUE_TIMEOUT.code());
    assertThat(ahead(owner).claimed()).extracting(Task::id).containsExactly(next.id());
  }

  @Test
  void a_task_that_has_started_is_not_ended_by_its_queue_timeout() {
    Task task = store.create(limited(WAITS));
    Ownership owner = owner();
    Task run = store.claim(owner).claimed().orElseThrow();
    store.complete(owner, run, new RunEnd.HandedBack(), false);
    passes(HOUR);
    look();
    assertThat(state(task)).isEqualTo(TaskState.QUEUED);
    assertThat(store.claim(owner).claimed()).isPresent();
    assertThat(store.count("task_deadline")).isZero();
  }

  @Test
  void the_total_begins_with_the_first_start_and_goes_on_through_the_next() {
    Task task = store.create(limited(IN_ALL));
    passes(HOUR.multipliedBy(2));
    look();
    Ownership owner = owner();
    Task first = store.claim(owner).claimed().orElseThrow();
    assertThat(first.id()).isEqualTo(task.id());
    assertThat(first.totalLeft()).contains(HOUR);
    store.complete(owner, first, new RunEnd.HandedBack(), false);
    passes(Duration.ofMinutes(20));
    Task second = store.claim(owner).claimed().orElseThrow();
    assertThat(second.totalLeft().orElseThrow())
        .isLessThanOrEqualTo(Duration.ofMinutes(40))
        .isGreaterThan(Duration.ofMinutes(30));
  }

  @Test
  void a_wait_for_the_next_attempt_is_over_with_the_total() {
    Task task = store.create(limited(IN_ALL));
    Ownership owner = owner();
    store.complete(owner, store.claim(owner).claimed().orElseThrow(), failed(), false);
    lookEarly();
    assertThat(state(task)).isEqualTo(TaskState.RETRY_WAIT);
    passes(HOUR);
    look();
    timedOut(task, TimeLimit.TOTAL_TIMEOUT.code());
    assertThat(store.count("task_attempt")).as("tells why it had failed").isOne();
  }

  @Test
  void a_task_whose_total_is_over_gives_its_key_to_the_next() {
    Task first = store.create(limited(IN_ALL).withRules(RunRules.ofKey("AAPL")));
    Task second = store.create(store.task(5).withRules(RunRules.ofKey("AAPL")));
    Ownership owner = owner();
    store.complete(owner, store.claim(owner).claimed().orElseThrow(), failed(), false);
    assertThat(store.claim(owner).claimed()).as("its head rests").isEmpty();
    passes(HOUR);
    look();
    timedOut(first, TimeLimit.TOTAL_TIMEOUT.code());
    assertThat(store.claim(owner).claimed().map(Task::id)).contains(second.id());
  }

  @Test
  void interrupted_work_is_not_taken_up_again_after_the_total() {
    Task task = store.create(limited(IN_ALL));
    Ownership owner = owner();
    Task run = store.claim(owner).claimed().orElseThrow();
    passes(HOUR);
    assertThat(look()).isOne();
    assertThat(state(task)).as("its node ends the run").isEqualTo(TaskState.RUNNING);
    store.complete(owner, run, new RunEnd.HandedBack(), false);
    assertThat(store.claim(owner).claimStatus())
        .isEqualTo(CompleteAndClaimResult.ClaimStatus.ASK_AGAIN);
    timedOut(task, TimeLimit.TOTAL_TIMEOUT.code());
  }

  @Test
  void a_run_that_outlives_the_total_is_looked_at_again_and_its_lost_lease_ends_the_task() {
    Task task = store.create(limited(IN_ALL));
    store.claim(owner());
    passes(HOUR);
    look();
    store.live("n1", 2);
    store.take("n1", 2).orElseThrow();
    assertThat(state(task)).isEqualTo(TaskState.QUEUED);
    lookEarly();
    timedOut(task, TimeLimit.TOTAL_TIMEOUT.code());
  }

  @Test
  void a_change_of_a_waiting_task_leaves_its_limits_in_force() {
    Task task = store.create(limited(WAITS));
    change(task, TaskUpdate.Field.RUN_AFTER_TIME, Optional.of(Instant.now().plus(HOUR)));
    passes(HOUR);
    look();
    assertThat(state(task)).as("it is not ready any more").isEqualTo(TaskState.SCHEDULED);
    change(task, TaskUpdate.Field.RUN_AFTER_TIME, Optional.empty());
    look();
    assertThat(state(task)).isEqualTo(TaskState.QUEUED);
    change(task, TaskUpdate.Field.PRIORITY, Optional.empty());
    look();
    assertThat(store.count("task_deadline")).isOne();
    passes(HOUR);
    look();
    timedOut(task, TimeLimit.QUEUE_TIMEOUT.code());
  }

  private NewTask limited(RequestedTimeouts wishes) {
    NewTask task = store.task(5);
    return task.withTimeouts(task.spec().timeouts().with(wishes));
  }

  private static StartConditions after(Task task) {
    return StartConditions.after(List.of(Dependency.on(task.taskId())));
  }

  private static RunEnd failed() {
    Failure failure = new Failure(Failure.Kind.RETRYABLE, "X", "no", "", Instant.EPOCH);
    return new RunEnd.Failed(failure, Optional.of(Duration.ofHours(9)), Optional.empty());
  }

  private void change(Task task, TaskUpdate.Field field, Optional<Instant> runAfter) {
    TaskUpdate update =
        new TaskUpdate(Set.of(field), new Priority(7), runAfter, Optional.empty(), Map.of());
    StoreBench.get(
        store.committer.submit(
            store.updates,
            new UpdateTasks.Update(task.taskId(), OptionalInt.empty(), update, "tester")));
  }

  private Ownership owner() {
    return store.take("n1", 1).orElseThrow();
  }

  private GroupResult ahead(Ownership owner) {
    return StoreBench.get(
        store.committer.submit(store.groups, new GroupCompletion(owner, List.of(), 4)));
  }

  /** All that the rows say of the past was so much longer ago. */
  private void passes(Duration time) {
    String ago = " - " + time.toSeconds() + " * interval '1 s'";
    Postgres.run(
        store.database,
        "UPDATE task SET state_time = state_time"
            + ago
            + ", total_deadline = total_deadline"
            + ago
            + "; UPDATE task_deadline SET due = due"
            + ago);
  }

  private int look() {
    return StoreBench.get(store.committer.submit(store.expiry, 100));
  }

  /** Looks at everything now, whether it is due or not. */
  private void lookEarly() {
    Postgres.run(store.database, "UPDATE task_deadline SET due = now()");
    look();
  }

  private TaskState state(Task task) {
    return store.read(task.taskId()).state();
  }

  private void timedOut(Task task, String code) {
    Task ended = store.read(task.taskId());
    assertThat(ended.state()).isEqualTo(TaskState.FAILED);
    assertThat(ended.failure().orElseThrow().kind()).isEqualTo(Failure.Kind.TIMEOUT);
    assertThat(ended.failure().orElseThrow().code()).isEqualTo(code);
    assertThat(ended.nextAttemptTime()).isEmpty();
    for (String table : List.of("task_ready", "task_due", "task_blocked", "task_lease")) {
      assertThat(store.count(table + " WHERE task = " + task.id())).as(table).isZero();
    }
  }
}
