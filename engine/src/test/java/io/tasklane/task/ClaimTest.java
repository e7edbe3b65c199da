package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.dependency.Dependency;
import io.tasklane.dependency.DependencyPolicy;
import io.tasklane.queue.QueueState;
import io.tasklane.queue.admin.SetQueueState;
import io.tasklane.task.complete.ClaimStatus;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.complete.CompletionStatus;
import io.tasklane.task.state.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a completion writes and claims, beside the promises that have tests of their names. */
class ClaimTest {
  private final StoreBench store = new StoreBench();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void the_end_of_one_run_and_the_start_of_the_next_share_an_instant() {
    store.create(store.task(5));
    store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task first = store.claim(owner).claimed().orElseThrow();
    Task next = store.complete(owner, first, StoreBench.succeeded(), true).claimed().orElseThrow();
    Instant end = store.read(first.taskId()).endTime().orElseThrow();
    assertThat(next.startTime()).contains(end);
  }

  @Test
  void a_completion_sent_twice_with_the_same_result_is_a_success() {
    store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    store.complete(owner, run, StoreBench.succeeded(), false);
    assertThat(store.complete(owner, run, StoreBench.succeeded(), false).completion())
        .isEqualTo(CompletionStatus.DONE);
  }

  @Test
  void a_stale_completion_of_a_needed_task_releases_nobody_and_hides_no_claim() {
    Postgres.run(store.database, "UPDATE queue_owner SET concurrency = 2");
    store.create(store.named("needed", 5));
    Dependency needs = new Dependency("needed", DependencyPolicy.ON_SUCCESS, Optional.empty());
    store.create(
        store
            .named("dependent", 5)
            .withStart(new StartConditions(List.of(needs), Optional.empty(), Optional.empty())));
    store.create(store.named("other", 5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    assertThat(run.needed()).isTrue();
    Postgres.run(store.database, "UPDATE task SET fencing_token = 0 WHERE name = 'needed'");
    CompleteAndClaimResult result = store.complete(owner, run, StoreBench.succeeded(), true);
    Postgres.run(
        store.database,
        "UPDATE task SET fencing_token = " + run.fencingToken() + " WHERE name = 'needed'");
    assertThat(result.completion()).isEqualTo(CompletionStatus.STALE);
    assertThat(result.claimed().orElseThrow().taskId()).isEqualTo("other");
    assertThat(store.read("dependent").state()).isEqualTo(TaskState.BLOCKED);
    assertThat(store.count("task_lease")).isEqualTo(2);
  }

  @Test
  void a_paused_queue_starts_nothing_until_it_is_resumed() {
    store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    set(QueueState.PAUSED);
    assertThat(store.claim(owner).claimStatus()).isEqualTo(ClaimStatus.NOT_ACTIVE);
    set(QueueState.ACTIVE);
    assertThat(store.claim(owner).claimStatus()).isEqualTo(ClaimStatus.CLAIMED);
  }

  private void set(QueueState state) {
    StoreBench.get(
        store.committer.submit(
            store.states,
            new SetQueueState.Request(
                store.queue, StoreBench.QUEUE, state, new Actor("tester", "test"))));
  }

  @Test
  void a_permanent_failure_is_kept_as_a_dead_letter() {
    Task task = store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    Failure failure = new Failure(Failure.Kind.PERMANENT, "BAD", "no\u0000", "", Instant.EPOCH);
    store.complete(
        owner, run, new RunEnd.Failed(failure, Optional.empty(), Optional.empty()), false);
    assertThat(store.read(task.taskId()).state()).isEqualTo(TaskState.FAILED);
    assertThat(Postgres.number(store.database, "SELECT count(*) FROM dead_letter")).isOne();
  }
}
