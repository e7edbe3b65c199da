package io.tasklane.task;

import static io.tasklane.task.QueueBench.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.CopyOptions;
import io.tasklane.api.Creation;
import io.tasklane.api.Refusal;
import io.tasklane.commit.Gate;
import io.tasklane.commit.Ownership;
import io.tasklane.dependency.Dependency;
import io.tasklane.dependency.DependencyPolicy;
import io.tasklane.queue.QueueLimits;
import io.tasklane.queue.QueueState;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.RunCompletion;
import io.tasklane.task.create.CopyTasks;
import io.tasklane.task.row.NewTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A queue with a maximum depth takes no more from clients than may wait, and loses nothing. */
class MaximumDepthTest {
  private static final String FULL = "QUEUE_FULL";
  private final QueueBench bench = new QueueBench();
  private final StoreBench store = bench.store;

  @AfterEach
  void close() {
    bench.close();
  }

  private void limit(long depth) {
    bench.order(policy -> policy.with(new QueueLimits(Optional.empty(), depth)));
  }

  private CompletableFuture<List<Creation>> submit(int tasks) {
    List<NewTask> command = IntStream.range(0, tasks).mapToObj(i -> store.task(5)).toList();
    return store.committer.submit(store.creation, command);
  }

  private long waiting() {
    return store.count("task_ready") + store.count("task_aside");
  }

  @Test
  void a_full_queue_refuses_clients_until_a_task_has_started() {
    limit(2);
    store.create(store.task(5));
    store.create(store.task(5));
    assertThatThrownBy(() -> store.create(store.task(9)))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.sort()).isEqualTo(Refusal.Sort.RESOURCE_EXHAUSTED);
              assertThat(refusal.reason().name()).isEqualTo(FULL);
              assertThat(refusal.resource()).contains("queues/Q");
            });
    Ownership owner = store.take("n1", 1).orElseThrow();
    store.claim(owner).claimed().orElseThrow();
    store.create(store.task(5));
    assertThat(reason(submit(1))).isEqualTo(FULL);
    assertThat(waiting()).isEqualTo(2);
  }

  @Test
  void a_batch_is_created_as_a_whole_or_not_at_all() {
    limit(5);
    assertThat(reason(submit(3))).isEmpty();
    assertThat(reason(submit(3))).isEqualTo(FULL);
    assertThat(waiting()).isEqualTo(3);
    assertThat(reason(submit(2))).isEmpty();
    assertThatThrownBy(() -> StoreBench.get(submit(6)))
        .hasMessageContaining("takes 5 waiting tasks at most, so never 6 at once");
    assertThat(store.count("task")).isEqualTo(5);
  }

  @Test
  void two_nodes_that_create_at_once_never_exceed_it() {
    limit(40);
    List<CompletableFuture<List<Creation>>> answers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      answers.add(bench.create(store.committer, "a" + i));
      answers.add(bench.create(bench.second, "b" + i));
    }
    long accepted = answers.stream().filter(answer -> reason(answer).isEmpty()).count();
    assertThat(accepted).isEqualTo(40);
    assertThat(waiting()).isEqualTo(40);
  }

  @Test
  void commands_of_one_batch_share_the_room() {
    limit(5);
    store.create(store.task(5));
    store.create(store.task(5));
    List<CompletableFuture<List<Creation>>> answers = new ArrayList<>();
    Gate.oneBatch(
        store.committer,
        () -> {
          answers.add(submit(2));
          answers.add(submit(2));
        });
    assertThat(answers.stream().map(QueueBench::reason)).containsExactlyInAnyOrder("", FULL);
    assertThat(waiting()).isEqualTo(4);
  }

  @Test
  void tasks_that_wait_for_others_are_refused_too_and_enter_when_they_are_released() {
    limit(2);
    store.create(store.named("first", 5));
    NewTask blocked = store.named("blocked", 5);
    store.create(blocked.with(after(blocked.spec(), "first")));
    assertThat(waiting()).as("a blocked task is not QUEUED").isOne();
    store.create(store.named("second", 5));
    NewTask late = store.named("late", 5);
    NewTask tooMany = late.with(after(late.spec(), "first"));
    assertThat(reason(store.committer.submit(store.creation, List.of(tooMany)))).isEqualTo(FULL);
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task first = store.claim(owner).claimed().orElseThrow();
    store.create(store.named("third", 5));
    store.complete(owner, first, StoreBench.succeeded(), false);
    assertThat(waiting()).as("with the one that was released").isEqualTo(3);
    assertThat(reason(submit(1))).isEqualTo(FULL);
  }

  private static TaskSpec after(TaskSpec spec, String needed) {
    Dependency any = new Dependency(needed, DependencyPolicy.ON_END, Optional.empty());
    return new TaskSpec(
        spec.taskId(),
        spec.queue(),
        spec.taskType(),
        spec.input(),
        spec.priority(),
        spec.retryPolicy(),
        spec.timeouts(),
        spec.resultTtl(),
        spec.labels(),
        StartConditions.after(List.of(any)),
        spec.deduplicationKey(),
        spec.rules());
  }

  @Test
  void children_of_runs_and_tasks_that_come_back_enter_a_full_queue() {
    limit(1);
    store.create(store.named("parent", 5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    store.create(store.named("waits", 5));
    RunCompletion success =
        RunCompletion.of(StoreBench.succeeded(), run.retryPolicy(), 1, new Random(1));
    CompleteAndClaim.Completion completion =
        CompleteAndClaim.Completion.of(run, success, List.of(store.named("child", 5)), "");
    StoreBench.get(
        store.committer.submit(
            store.completions, new CompleteAndClaim(owner, Optional.of(completion), false)));
    assertThat(waiting()).isEqualTo(2);
    Task again = store.claim(owner).claimed().orElseThrow();
    store.complete(owner, again, new RunEnd.HandedBack(), false);
    assertThat(waiting()).isEqualTo(2);
    assertThat(reason(submit(1))).isEqualTo(FULL);
  }

  @Test
  void a_copy_of_an_ended_task_is_refused_like_a_new_one() {
    store.create(store.named("ended", 5));
    store.cancel("ended");
    limit(1);
    store.create(store.named("waits", 5));
    CopyTasks again = new CopyTasks(store.creation, (original, needs, input, who) -> store.task(5));
    CopyTasks.Request request =
        new CopyTasks.Request(
            "ended", CopyTasks.Origin.TASK, CopyOptions.NONE, new Actor("ann", "again"));
    assertThatThrownBy(() -> StoreBench.get(store.committer.submit(again, request)))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.sort()).isEqualTo(Refusal.Sort.RESOURCE_EXHAUSTED);
              assertThat(refusal.reason().name()).isEqualTo(FULL);
            });
  }

  @Test
  void pausing_draining_and_resuming_keep_the_limit() {
    limit(1);
    store.create(store.task(5));
    for (QueueState state : List.of(QueueState.PAUSED, QueueState.ACTIVE)) {
      bench.set(state);
      assertThat(reason(submit(1))).as(state.name()).isEqualTo(FULL);
    }
    bench.set(QueueState.DRAINING);
    assertThat(reason(submit(1))).isEqualTo("QUEUE_DRAINING");
    bench.set(QueueState.ACTIVE);
    assertThat(reason(submit(1))).isEqualTo(FULL);
    limit(0);
    assertThat(reason(submit(1))).isEmpty();
    assertThat(store.count("queue WHERE intake = 1")).isOne();
  }

  @Test
  void what_a_create_would_be_answered_is_said_beforehand() {
    limit(1);
    store.create(store.task(5));
    assertThatThrownBy(
            () -> store.database.with(c -> store.creation.preview(c, store.named("x", 5))))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.reason().name()).isEqualTo(FULL));
  }
}
