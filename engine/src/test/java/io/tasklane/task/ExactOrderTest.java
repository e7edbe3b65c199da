package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.dependency.Dependency;
import io.tasklane.task.complete.ClaimStatus;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.complete.CompletionStatus;
import io.tasklane.task.state.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which task is next: by rank, then by order key, then by creation. */
class ExactOrderTest {
  private final StoreBench store = new StoreBench();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void the_head_is_the_highest_priority_and_then_the_oldest() {
    List<String> created = new ArrayList<>();
    for (int priority : new int[] {5, 9, 5, 10, 1, 9}) {
      created.add(store.create(store.task(priority)).taskId());
    }
    Ownership owner = store.take("n1", 1).orElseThrow();
    List<String> started = new ArrayList<>();
    CompleteAndClaimResult result = store.claim(owner);
    while (result.claimed().isPresent()) {
      Task run = result.claimed().get();
      started.add(run.taskId());
      result = store.complete(owner, run, StoreBench.succeeded(), true);
      assertThat(result.completion()).isEqualTo(CompletionStatus.DONE);
    }
    assertThat(started)
        .containsExactly(
            created.get(3),
            created.get(1),
            created.get(5),
            created.get(0),
            created.get(2),
            created.get(4));
    assertThat(result.claimStatus()).isEqualTo(ClaimStatus.NOTHING_READY);
  }

  @Test
  void interrupted_work_runs_before_anything_of_higher_priority() {
    Task low = store.create(store.task(1));
    Ownership owner = store.take("n1", 1).orElseThrow();
    store.claim(owner);
    store.create(store.task(10));
    store.live("n1", 2);
    Ownership next = store.take("n1", 2).orElseThrow();
    assertThat(store.claim(next).claimed().orElseThrow().id()).isEqualTo(low.id());
  }

  @Test
  void a_retry_waits_for_its_backoff_without_blocking_the_queue() {
    Task failing = store.create(store.task(9));
    Task other = store.create(store.task(1));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    CompleteAndClaimResult result = store.complete(owner, run, failed(), true);
    assertThat(result.claimed().orElseThrow().id()).isEqualTo(other.id());
    Task waiting = store.read(failing.taskId());
    assertThat(waiting.state()).isEqualTo(TaskState.RETRY_WAIT);
    assertThat(waiting.failure().orElseThrow().code()).isEqualTo("X");
    assertThat(waiting.nextAttemptTime()).isPresent();

    assertThat(StoreBench.get(store.committer.submit(store.due, 100))).isZero();
    Postgres.run(store.database, "UPDATE task_due SET due = now()");
    assertThat(StoreBench.get(store.committer.submit(store.due, 100))).isOne();
    assertThat(store.read(failing.taskId()).state()).isEqualTo(TaskState.QUEUED);
    store.complete(owner, result.claimed().get(), StoreBench.succeeded(), false);
    assertThat(store.claim(owner).claimed().orElseThrow().attempt()).isEqualTo(2);
  }

  @Test
  void work_handed_back_by_a_stopping_node_runs_first_and_used_no_attempt() {
    Task task = store.create(store.task(1));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    store.complete(owner, run, new RunEnd.HandedBack(), false);
    store.create(store.task(10));
    Task again = store.claim(owner).claimed().orElseThrow();
    assertThat(again.id()).isEqualTo(task.id());
    assertThat(again.attempt()).isOne();
    assertThat(again.lostCount()).isZero();
  }

  @Test
  void of_what_is_durable_only_what_runs_precedes_a_higher_priority() {
    for (int i = 0; i < 50; i++) {
      store.create(store.task(5));
    }
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task running = store.claim(owner).claimed().orElseThrow();
    Task urgent = store.create(store.task(6));
    CompleteAndClaimResult result = store.complete(owner, running, StoreBench.succeeded(), true);
    assertThat(result.claimed().map(Task::taskId)).contains(urgent.taskId());
  }

  @Test
  void a_task_keeps_the_place_of_its_creation_through_a_retry_and_a_release() {
    store.create(store.named("retried", 5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    store.create(
        store
            .named("released", 5)
            .withStart(StartConditions.after(List.of(Dependency.on("retried")))));
    store.create(store.named("younger", 5));
    store.complete(owner, run, failed(), false);
    Postgres.run(store.database, "UPDATE task_due SET due = now()");
    StoreBench.get(store.committer.submit(store.due, 100));
    List<String> started = new ArrayList<>();
    CompleteAndClaimResult result = store.claim(owner);
    while (result.claimed().isPresent()) {
      started.add(result.claimed().get().taskId());
      result = store.complete(owner, result.claimed().get(), StoreBench.succeeded(), true);
    }
    assertThat(started).containsExactly("retried", "released", "younger");
  }

  private static RunEnd failed() {
    Failure failure = new Failure(Failure.Kind.RETRYABLE, "X", "no", "trace", Instant.EPOCH);
    return new RunEnd.Failed(failure, Optional.empty(), Optional.empty());
  }
}
