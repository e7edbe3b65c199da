package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.Gate;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.dependency.Dependency;
import io.tasklane.dependency.DependencyPolicy;
import io.tasklane.key.QueueKey;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.QueueState;
import io.tasklane.queue.admin.EnsureQueues;
import io.tasklane.queue.admin.SetQueueState;
import io.tasklane.queue.ownership.TakeQueues;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.complete.ClaimStatus;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.complete.CompletionStatus;
import io.tasklane.task.complete.RunCompletion;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Turns that meet in one transaction are taken together, each as if it were alone. */
class CompleteManyTest {
  private final StoreBench store = new StoreBench();
  private Ownership owner;

  @BeforeEach
  void own() {
    owner = store.take("n1", 1).orElseThrow();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void runAtOnce(int tasks) {
    Postgres.run(store.database, "UPDATE queue_owner SET concurrency = " + tasks);
  }

  private List<CompleteAndClaimResult> take(CompleteAndClaim... completions) {
    List<CompletableFuture<CompleteAndClaimResult>> replies = new ArrayList<>();
    Gate.oneBatch(
        store.committer,
        () -> {
          for (CompleteAndClaim completion : completions) {
            replies.add(store.committer.handIn(store.completions, completion));
          }
        });
    return replies.stream().map(StoreBench::get).toList();
  }

  private CompleteAndClaim claim() {
    return new CompleteAndClaim(owner, Optional.empty(), true);
  }

  private CompleteAndClaim complete(Task run, boolean claim) {
    RunCompletion what =
        RunCompletion.of(StoreBench.succeeded(), run.retryPolicy(), run.attempt(), new Random(1));
    return new CompleteAndClaim(
        owner, Optional.of(CompleteAndClaim.Completion.of(run, what, List.of(), "")), claim);
  }

  private static List<String> claimed(List<CompleteAndClaimResult> results) {
    return results.stream().flatMap(r -> r.claimed().stream()).map(Task::taskId).toList();
  }

  @Test
  void slots_of_one_queue_get_a_task_each_the_best_ones_first() {
    runAtOnce(3);
    store.create(store.named("low", 1));
    store.create(store.named("a", 5));
    store.create(store.named("high", 9));
    store.create(store.named("b", 5));
    List<CompleteAndClaimResult> first = take(claim(), claim(), claim());
    assertThat(claimed(first)).containsExactly("high", "a", "b");
    assertThat(first.stream().map(r -> r.claimed().orElseThrow().fencingToken())).isSorted();
    CompleteAndClaim[] ends =
        first.stream()
            .map(r -> complete(r.claimed().orElseThrow(), true))
            .toArray(CompleteAndClaim[]::new);
    List<CompleteAndClaimResult> second = take(ends);
    assertThat(second)
        .extracting(CompleteAndClaimResult::completion)
        .containsOnly(CompletionStatus.DONE);
    assertThat(claimed(second)).containsExactly("low");
    assertThat(second.get(2).claimStatus()).isEqualTo(ClaimStatus.NOTHING_READY);
    assertThat(store.count("task_lease")).isOne();
    assertThat(store.count("task_attempt")).as("nothing was logged").isZero();
  }

  @Test
  void no_more_start_than_may_however_many_ask_at_once() {
    runAtOnce(2);
    for (int i = 0; i < 5; i++) {
      store.create(store.task(5));
    }
    List<CompleteAndClaimResult> results = take(claim(), claim(), claim(), claim());
    assertThat(results)
        .extracting(CompleteAndClaimResult::claimStatus)
        .containsExactly(
            ClaimStatus.CLAIMED, ClaimStatus.CLAIMED, ClaimStatus.NO_SLOT, ClaimStatus.NO_SLOT);
    assertThat(store.count("task_lease")).isEqualTo(2);
  }

  @Test
  void a_stale_completion_among_others_counts_for_nothing() {
    runAtOnce(2);
    store.create(store.named("a", 5));
    store.create(store.named("b", 5));
    List<CompleteAndClaimResult> runs = take(claim(), claim());
    Task a = runs.get(0).claimed().orElseThrow();
    Task b = runs.get(1).claimed().orElseThrow();
    Postgres.run(
        store.database, "UPDATE task SET fencing_token = fencing_token + 100 WHERE name = 'a'");
    List<CompleteAndClaimResult> results = take(complete(a, false), complete(b, false));
    assertThat(results)
        .extracting(CompleteAndClaimResult::completion)
        .containsExactly(CompletionStatus.STALE, CompletionStatus.DONE);
    assertThat(store.read("a").state()).isEqualTo(TaskState.RUNNING);
    Postgres.run(
        store.database, "UPDATE task SET fencing_token = fencing_token - 100 WHERE name = 'a'");
  }

  @Test
  void whatever_is_claimed_beside_a_run_that_was_completed_before_is_returned() {
    runAtOnce(4);
    for (String name : List.of("a", "b", "c", "d", "e")) {
      store.create(store.named(name, 5));
    }
    List<CompleteAndClaimResult> runs = take(claim(), claim());
    Task a = runs.get(0).claimed().orElseThrow();
    Task b = runs.get(1).claimed().orElseThrow();
    store.complete(owner, a, StoreBench.succeeded(), false);
    List<CompleteAndClaimResult> results = take(complete(a, true), complete(b, true));
    assertThat(claimed(results)).contains("c");
    assertThat(store.count("task_lease")).isEqualTo(claimed(results).size());
  }

  @Test
  void what_a_completed_task_releases_may_be_the_head_that_is_claimed_with_it() {
    runAtOnce(2);
    store.create(store.named("needed", 5));
    store.create(store.named("other", 5));
    Dependency needs = new Dependency("needed", DependencyPolicy.ON_SUCCESS, Optional.empty());
    store.create(
        store
            .named("dependent", 9)
            .withStart(new StartConditions(List.of(needs), Optional.empty(), Optional.empty())));
    store.create(store.named("later", 5));
    List<CompleteAndClaimResult> runs = take(claim(), claim());
    List<CompleteAndClaimResult> results =
        take(
            complete(runs.get(0).claimed().orElseThrow(), true),
            complete(runs.get(1).claimed().orElseThrow(), true));
    assertThat(claimed(results)).containsExactly("dependent", "later");
  }

  @Test
  void a_head_whose_time_has_passed_is_not_started_and_holds_nobody_up() {
    runAtOnce(2);
    StartConditions over =
        new StartConditions(List.of(), Optional.empty(), Optional.of(Instant.EPOCH));
    store.create(store.named("over", 9).withStart(over));
    store.create(store.named("a", 5));
    store.create(store.named("b", 5));
    List<String> started = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      started.addAll(claimed(take(claim(), claim())));
    }
    assertThat(started).containsExactly("a", "b");
    assertThat(store.read("over").state()).isEqualTo(TaskState.FAILED);
  }

  @Test
  void each_queue_of_a_batch_is_judged_by_itself() {
    QueueSettings other =
        new QueueSettings(
            "R",
            QueuePolicy.STANDARD,
            RetryPolicy.DEFAULT,
            Duration.ofMinutes(1),
            Duration.ofHours(1));
    StoreBench.get(store.committer.submit(new EnsureQueues(), List.of(other)));
    int key = (int) Postgres.number(store.database, "SELECT id FROM queue WHERE name = 'R'");
    Ownership ofR =
        StoreBench.get(
                store.committer.submit(
                    store.takes, new TakeQueues.Take(new QueueKey(key), "n1", 1, true)))
            .orElseThrow();
    store.create(store.task(5));
    Task inR = store.create(store.forQueue(key, "R"));
    StoreBench.get(
        store.committer.submit(
            store.states,
            new SetQueueState.Request(
                store.queue, StoreBench.QUEUE, QueueState.PAUSED, new Actor("tester", "test"))));
    Ownership former = new Ownership(new QueueKey(key), "n1", 1, ofR.epoch() - 1);
    List<CompleteAndClaimResult> results =
        take(
            claim(),
            new CompleteAndClaim(ofR, Optional.empty(), true),
            new CompleteAndClaim(former, Optional.empty(), true));
    assertThat(results)
        .extracting(CompleteAndClaimResult::claimStatus)
        .containsExactly(ClaimStatus.NOT_ACTIVE, ClaimStatus.CLAIMED, ClaimStatus.NOT_OWNER);
    assertThat(claimed(results)).isEqualTo(Arrays.asList(inR.taskId()));
  }
}
