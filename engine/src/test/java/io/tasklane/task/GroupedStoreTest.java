package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.Ownership;
import io.tasklane.resource.ChangeResources;
import io.tasklane.resource.ResourceLimits;
import io.tasklane.task.complete.ClaimStatus;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.CompletionStatus;
import io.tasklane.task.complete.GroupCompletion;
import io.tasklane.task.complete.GroupResult;
import io.tasklane.task.complete.RunCompletion;
import io.tasklane.task.state.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Claims ahead are durable with their tokens; completions are settled many at once. */
class GroupedStoreTest {
  private final StoreBench store = new StoreBench();

  @AfterEach
  void close() {
    store.close();
  }

  private GroupResult turn(
      Ownership owner, List<CompleteAndClaim.Completion> completion, int ahead) {
    return StoreBench.get(
        store.committer.submit(store.groups, new GroupCompletion(owner, completion, ahead)));
  }

  private static CompleteAndClaim.Completion complete(Task run, RunEnd end) {
    RunCompletion what = RunCompletion.of(end, run.retryPolicy(), run.attempt(), new Random(1));
    return new CompleteAndClaim.Completion(run.id(), run.fencingToken(), what, List.of(), "a line");
  }

  private static RunEnd failed(Failure.Kind kind) {
    Failure failure = new Failure(kind, "X", "no", "trace", Instant.EPOCH);
    return new RunEnd.Failed(failure, Optional.empty(), Optional.empty());
  }

  @Test
  void tasks_are_claimed_ahead_in_their_order_with_growing_tokens_and_no_more_than_k() {
    List<String> created = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      created.add(store.create(store.task(i < 5 ? 3 : 7)).taskId());
    }
    Ownership owner = store.take("n1", 1).orElseThrow();
    GroupResult result = turn(owner, List.of(), 7);
    List<String> expected = new ArrayList<>(created.subList(5, 10));
    expected.addAll(created.subList(0, 2));
    assertThat(result.claimed()).extracting(Task::taskId).isEqualTo(expected);
    assertThat(result.claimed()).extracting(Task::fencingToken).isSorted().doesNotHaveDuplicates();
    assertThat(store.count("task_lease")).isEqualTo(7);
    assertThat(turn(owner, List.of(), 7).claimed()).isEmpty();
  }

  @Test
  void many_ends_are_completed_in_one_command_each_in_its_way() {
    for (int i = 0; i < 4; i++) {
      store.create(store.named("t" + i, 5));
    }
    Ownership owner = store.take("n1", 1).orElseThrow();
    List<Task> runs = turn(owner, List.of(), 4).claimed();
    store.cancel("t3");
    GroupResult result =
        turn(
            owner,
            List.of(
                complete(runs.get(0), StoreBench.succeeded()),
                complete(runs.get(1), failed(Failure.Kind.RETRYABLE)),
                complete(runs.get(2), failed(Failure.Kind.PERMANENT)),
                complete(runs.get(3), new RunEnd.Stopped(Optional.empty()))),
            0);
    assertThat(result.completions()).containsOnly(CompletionStatus.DONE);
    assertThat(store.read("t0").state()).isEqualTo(TaskState.SUCCEEDED);
    assertThat(store.read("t0").result().orElseThrow().text()).contains("ok");
    assertThat(store.read("t1").state()).isEqualTo(TaskState.RETRY_WAIT);
    assertThat(store.read("t2").state()).isEqualTo(TaskState.FAILED);
    assertThat(store.read("t3").state()).isEqualTo(TaskState.CANCELLED);
    assertThat(store.count("task_attempt")).isEqualTo(4);
    assertThat(store.count("task_lease")).isZero();
    TaskLog.isInOrder(store.database);
  }

  @Test
  void a_completion_sent_twice_is_a_success_and_one_of_an_old_lease_is_not() {
    store.create(store.named("t", 5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = turn(owner, List.of(), 4).claimed().get(0);
    CompleteAndClaim.Completion end = complete(run, StoreBench.succeeded());
    turn(owner, List.of(end), 0);
    assertThat(turn(owner, List.of(end), 0).completions()).containsExactly(CompletionStatus.DONE);
    store.create(store.named("u", 5));
    Task lost = turn(owner, List.of(), 4).claimed().get(0);
    store.live("n1", 2);
    Ownership heir = store.take("n1", 2).orElseThrow();
    GroupResult late = turn(owner, List.of(complete(lost, StoreBench.succeeded())), 4);
    assertThat(late.completions()).containsExactly(CompletionStatus.STALE);
    assertThat(late.claimStatus()).isEqualTo(ClaimStatus.NOT_OWNER);
    assertThat(store.claim(heir).claimed().map(Task::taskId)).contains("u");
  }

  @Test
  void after_a_crash_what_was_claimed_ahead_runs_again_in_order_each_by_itself() {
    for (int i = 0; i < 5; i++) {
      store.create(store.named("t" + i, 5));
    }
    Ownership owner = store.take("n1", 1).orElseThrow();
    assertThat(turn(owner, List.of(), 3).claimed()).hasSize(3);
    store.create(store.named("urgent", 10));
    store.live("n1", 2);
    Ownership heir = store.take("n1", 2).orElseThrow();
    for (String name : List.of("t0", "t1", "t2")) {
      GroupResult result = turn(heir, List.of(), 64);
      assertThat(result.claimed()).isEmpty();
      assertThat(result.claimStatus()).isEqualTo(ClaimStatus.HEAD_ALONE);
      Task again = store.claim(heir).claimed().orElseThrow();
      assertThat(again.taskId()).isEqualTo(name);
      assertThat(again.attempt()).isOne();
      store.complete(heir, again, StoreBench.succeeded(), false);
    }
    assertThat(turn(heir, List.of(), 64).claimed())
        .extracting(Task::taskId)
        .containsExactly("urgent", "t3", "t4");
  }

  static Stream<RunRules> alone() {
    return Stream.of(
        RunRules.ofKey("k"), RunRules.holding(Map.of("ai-turns", 1)), RunRules.PREEMPTIBLE);
  }

  @ParameterizedTest
  @MethodSource("alone")
  void what_has_a_key_needs_resources_or_is_preemptible_is_never_claimed_ahead(RunRules rules) {
    StoreBench.get(
        store.committer.submit(
            new ChangeResources(store.units),
            new ChangeResources.Create("ai-turns", ResourceLimits.capacity(1))));
    store.create(store.named("a", 5));
    store.create(store.named("alone", 5).withRules(rules));
    store.create(store.named("b", 5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    GroupResult result = turn(owner, List.of(), 64);
    assertThat(result.claimed()).extracting(Task::taskId).containsExactly("a");
    result = turn(owner, List.of(complete(result.claimed().get(0), StoreBench.succeeded())), 64);
    assertThat(result.claimed()).isEmpty();
    assertThat(result.claimStatus()).isEqualTo(ClaimStatus.HEAD_ALONE);
    Task alone = store.claim(owner).claimed().orElseThrow();
    assertThat(alone.taskId()).isEqualTo("alone");
    store.complete(owner, alone, StoreBench.succeeded(), false);
    assertThat(turn(owner, List.of(), 64).claimed()).extracting(Task::taskId).containsExactly("b");
  }
}
