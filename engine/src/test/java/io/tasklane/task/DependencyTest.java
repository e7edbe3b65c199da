package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Creation;
import io.tasklane.api.Refusal;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.dependency.Dependency;
import io.tasklane.dependency.DependencyPolicy;
import io.tasklane.dependency.Standing;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.complete.CompletionStatus;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.state.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A task starts when what it needs has ended as needed, and is skipped when it cannot. */
class DependencyTest {
  private static final int NEEDS = Integer.getInteger("tasklane.needs", 100);
  private final StoreBench store = new StoreBench();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_task_waits_for_all_it_needs_and_starts_with_the_last_of_them() {
    Task first = store.create(store.task(5));
    Task second = store.create(store.task(5));
    Task last = store.create(needing(store.task(5), first, second));
    assertThat(last.state()).isEqualTo(TaskState.BLOCKED);
    Ownership owner = owner();
    end(owner, StoreBench.succeeded());
    assertThat(state(last)).isEqualTo(TaskState.BLOCKED);
    end(owner, StoreBench.succeeded());
    assertThat(state(last)).isEqualTo(TaskState.QUEUED);
    assertThat(store.count("task_blocked")).isZero();
  }

  @Test
  void what_a_completion_releases_is_claimed_in_the_same_command_before_lesser_work() {
    Task need = store.create(store.task(5));
    Task urgent = store.create(needing(store.task(9), need));
    store.create(store.task(7));
    Ownership owner = owner();
    Task seven = store.claim(owner).claimed().orElseThrow();
    assertThat(seven.priority().value()).isEqualTo(7);
    Task run = store.complete(owner, seven, StoreBench.succeeded(), true).claimed().orElseThrow();
    assertThat(run.id()).isEqualTo(need.id());
    store.create(store.task(8));
    CompleteAndClaimResult result = store.complete(owner, run, StoreBench.succeeded(), true);
    assertThat(result.claimed().orElseThrow().id()).isEqualTo(urgent.id());
    assertThat(result.completion()).isEqualTo(CompletionStatus.DONE);
  }

  @Test
  void a_failed_need_rules_out_its_dependents_and_theirs_with_the_reason() {
    Task need = store.create(store.task(5));
    Task dependent = store.create(needing(store.task(5), need));
    Task further = store.create(needing(store.task(5), dependent));
    Task cleanUp = store.create(needing(store.task(5), DependencyPolicy.ON_FAILURE, need));
    Task anyway = store.create(needing(store.task(5), DependencyPolicy.ON_END, further));
    end(owner(), failed());
    assertThat(state(dependent)).isEqualTo(TaskState.SKIPPED);
    Failure why = store.read(dependent.taskId()).failure().orElseThrow();
    assertThat(why.kind()).isEqualTo(Failure.Kind.DEPENDENCY);
    assertThat(why.code()).isEqualTo(Standing.CODE);
    assertThat(why.message())
        .isEqualTo(need.name() + " ended FAILED; this task needs it to end SUCCEEDED");
    assertThat(store.read(further.taskId()).failure().orElseThrow().message())
        .startsWith(dependent.name() + " ended SKIPPED");
    assertThat(state(cleanUp)).isEqualTo(TaskState.QUEUED);
    assertThat(state(anyway)).isEqualTo(TaskState.QUEUED);
  }

  @Test
  void a_cancelled_need_rules_out_its_dependents() {
    Task need = store.create(store.task(5));
    Task dependent = store.create(needing(store.task(5), need));
    Task anyway = store.create(needing(store.task(5), DependencyPolicy.ON_END, need));
    store.cancel(need.taskId());
    assertThat(state(dependent)).isEqualTo(TaskState.SKIPPED);
    assertThat(state(anyway)).isEqualTo(TaskState.QUEUED);
  }

  @Test
  void a_need_that_is_lost_for_the_third_time_rules_out_its_dependents() {
    Task need = store.create(store.task(5));
    Task dependent = store.create(needing(store.task(5), need));
    for (int start = 1; start <= 3; start++) {
      store.claim(store.take("n1", start).orElseThrow());
      store.live("n1", start + 1);
      store.take("n1", start + 1);
    }
    assertThat(state(need)).isEqualTo(TaskState.FAILED);
    assertThat(state(dependent)).isEqualTo(TaskState.SKIPPED);
  }

  @Test
  void a_retry_of_a_need_changes_nothing_for_its_dependents() {
    Task need = store.create(store.task(5));
    Task dependent = store.create(needing(store.task(5), need));
    Failure passing = new Failure(Failure.Kind.RETRYABLE, "NETWORK", "m", "", Instant.EPOCH);
    end(owner(), new RunEnd.Failed(passing, Optional.empty(), Optional.empty()));
    assertThat(state(need)).isEqualTo(TaskState.RETRY_WAIT);
    assertThat(state(dependent)).isEqualTo(TaskState.BLOCKED);
  }

  @Test
  void what_is_needed_may_have_ended_long_ago() {
    Task good = store.create(store.task(5));
    Ownership owner = owner();
    end(owner, StoreBench.succeeded());
    Task bad = store.create(store.task(5));
    end(owner, failed());
    assertThat(store.create(needing(store.task(5), good)).state()).isEqualTo(TaskState.QUEUED);
    Task never = store.create(needing(store.task(5), good, bad));
    assertThat(never.state()).isEqualTo(TaskState.SKIPPED);
    assertThat(never.endTime()).isPresent();
    assertThat(store.read(never.taskId())).isEqualTo(never);
  }

  @Test
  void tasks_of_one_request_need_one_another_in_any_order_of_the_list() {
    NewTask last = needing(store.named("last", 5), List.of("middle"));
    NewTask middle = needing(store.named("middle", 5), List.of("first"));
    List<Creation> made = create(last, middle, store.named("first", 5));
    assertThat(made.stream().map(c -> c.task().state()))
        .containsExactly(TaskState.BLOCKED, TaskState.BLOCKED, TaskState.QUEUED);
    Ownership owner = owner();
    List<String> ran = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ran.add(end(owner, StoreBench.succeeded()).taskId());
    }
    assertThat(ran).containsExactly("first", "middle", "last");
  }

  @Test
  void a_need_created_by_another_command_of_the_same_batch_is_found() {
    io.tasklane.commit.Gate gate = new io.tasklane.commit.Gate();
    gate.close(store.committer);
    var first = store.committer.submit(store.creation, List.of(store.named("a", 5)));
    var second =
        store.committer.submit(store.creation, List.of(needing(store.named("b", 5), List.of("a"))));
    gate.open();
    assertThat(StoreBench.get(first).get(0).task().state()).isEqualTo(TaskState.QUEUED);
    assertThat(StoreBench.get(second).get(0).task().state()).isEqualTo(TaskState.BLOCKED);
  }

  @Test
  void a_cycle_is_refused_and_named_and_nothing_is_created() {
    assertThatThrownBy(
            () ->
                create(
                    needing(store.named("a", 5), List.of("c")),
                    needing(store.named("b", 5), List.of("a")),
                    needing(store.named("c", 5), List.of("b")),
                    needing(store.named("d", 5), List.of("a"))))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.reason().name()).isEqualTo("DEPENDENCY_CYCLE");
              assertThat(refusal)
                  .hasMessageEndingWith("tasks/a needs tasks/c needs tasks/b needs tasks/a");
            });
    assertThat(store.count("task")).isZero();
    assertThatThrownBy(() -> create(needing(store.named("a", 5), List.of("a"))))
        .hasMessageEndingWith("tasks/a needs tasks/a");
  }

  @Test
  void an_unknown_need_is_refused_and_named() {
    assertThatThrownBy(() -> create(needing(store.named("a", 5), List.of("nobody"))))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.reason().name()).isEqualTo("DEPENDENCY_UNKNOWN");
              assertThat(refusal.field()).contains("task.dependencies[0].task");
              assertThat(refusal).hasMessageContaining("tasks/nobody");
            });
  }

  @Test
  void an_end_and_a_creation_that_meet_in_one_batch_miss_nothing() {
    Task need = store.create(store.task(5));
    Ownership owner = owner();
    Task run = store.claim(owner).claimed().orElseThrow();
    io.tasklane.commit.Gate gate = new io.tasklane.commit.Gate();
    gate.close(store.committer);
    var creation = store.committer.submit(store.creation, List.of(needing(store.task(5), need)));
    var completion = store.submitCompletion(owner, run, StoreBench.succeeded());
    gate.open();
    StoreBench.get(completion);
    Task dependent = StoreBench.get(creation).get(0).task();
    assertThat(state(dependent)).isEqualTo(TaskState.QUEUED);
  }

  @Test
  void a_cancelled_dependent_is_not_resolved_and_stands_nowhere() {
    Task need = store.create(store.task(5));
    Task dependent = store.create(needing(store.task(5), need));
    store.cancel(dependent.taskId());
    assertThat(store.count("task_blocked")).isZero();
    end(owner(), StoreBench.succeeded());
    assertThat(state(dependent)).isEqualTo(TaskState.CANCELLED);
    assertThat(store.count("task_ready")).isZero();
  }

  @Test
  void every_end_of_many_needs_is_counted_once() {
    List<NewTask> needs = new ArrayList<>();
    for (int i = 0; i < NEEDS; i++) {
      needs.add(store.named("n" + i, 5));
    }
    create(needs.toArray(NewTask[]::new));
    List<String> ids = needs.stream().map(NewTask::taskId).toList();
    Task last = create(needing(store.named("last", 5), ids)).get(0).task();
    for (int i = 0; i < NEEDS / 2; i++) {
      store.cancel("n" + i);
    }
    assertThat(state(last)).isEqualTo(TaskState.SKIPPED);
    Task other =
        create(needing(store.named("other", 5), ids.subList(NEEDS / 2, NEEDS))).get(0).task();
    Ownership owner = owner();
    for (int i = NEEDS / 2; i < NEEDS; i++) {
      assertThat(state(other)).isEqualTo(TaskState.BLOCKED);
      end(owner, StoreBench.succeeded());
    }
    assertThat(state(other)).isEqualTo(TaskState.QUEUED);
    assertThat(Postgres.number(store.database, "SELECT unmet FROM task WHERE name = 'other'"))
        .isZero();
  }

  private Ownership owner() {
    return store.take("n1", 1).orElseThrow();
  }

  private Task end(Ownership owner, RunEnd end) {
    Task run = store.claim(owner).claimed().orElseThrow();
    store.complete(owner, run, end, false);
    return run;
  }

  private TaskState state(Task task) {
    return store.read(task.taskId()).state();
  }

  private List<Creation> create(NewTask... tasks) {
    return StoreBench.get(store.committer.submit(store.creation, List.of(tasks)));
  }

  private static NewTask needing(NewTask task, Task... needs) {
    return needing(task, java.util.Arrays.stream(needs).map(Task::taskId).toList());
  }

  private static NewTask needing(NewTask task, DependencyPolicy policy, Task need) {
    return task.withStart(
        StartConditions.after(List.of(new Dependency(need.taskId(), policy, Optional.empty()))));
  }

  private static NewTask needing(NewTask task, List<String> needs) {
    return task.withStart(StartConditions.after(needs.stream().map(Dependency::on).toList()));
  }

  private static RunEnd failed() {
    Failure failure = new Failure(Failure.Kind.PERMANENT, "BAD", "bad", "", Instant.EPOCH);
    return new RunEnd.Failed(failure, Optional.empty(), Optional.empty());
  }
}
