package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Creation;
import io.tasklane.api.Refusal;
import io.tasklane.task.state.TaskState;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The keys of a task bind its copies as well: no second one with the key is unfinished. */
class CopiedKeysTest {
  private final CopyBench bench = new CopyBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void a_create_with_the_deduplication_key_of_a_copy_answers_with_the_copy() {
    bench.create(sync("first"), CopyBench.failed());
    Task copy = bench.retry("first");
    Creation second = create(sync("second"));
    assertThat(second.existing()).isTrue();
    assertThat(second.task().taskId()).isEqualTo(copy.taskId());
    bench.end(copy.taskId(), CopyBench.failed());
    assertThat(create(sync("third")).existing()).isFalse();
  }

  @Test
  void nothing_is_run_again_while_another_task_has_its_deduplication_key() {
    bench.create(sync("first"), CopyBench.failed());
    bench.create(sync("holder"));
    refusedFor("tasks/holder", () -> bench.retry("first"));
    refusedFor("tasks/holder", () -> bench.replay("first"));
    assertThat(bench.store.count("task")).isEqualTo(2);
    assertThat(bench.store.count("dead_letter WHERE replay_count = 0")).isOne();
    bench.end("holder", StoreBench.succeeded());
    Task copy = bench.replay("first");
    assertThat(copy.deduplicationKey()).contains("sync-A-100");
    refusedFor(copy.name(), () -> bench.replay("first"));
    assertThat(bench.store.count("dead_letter WHERE replay_count = 1")).isOne();
  }

  @Test
  void a_copy_waits_for_the_turn_of_its_ordering_key() {
    TaskRequest keyed = CopyBench.noop("first").withRules(RunRules.ofKey("A-100"));
    bench.create(keyed, CopyBench.failed());
    bench.create(keyed.withTaskId("second"));
    Task copy = bench.retry("first");
    bench.end("second", StoreBench.succeeded());
    assertThat(bench.end(copy.taskId(), StoreBench.succeeded()).state())
        .isEqualTo(TaskState.SUCCEEDED);
  }

  private Creation create(TaskRequest request) {
    return StoreBench.get(
            bench.store.committer.submit(
                bench.store.creation, List.of(bench.admission.admit(request, "", "tester"))))
        .get(0);
  }

  private static TaskRequest sync(String taskId) {
    TaskRequest plain = CopyBench.noop(taskId);
    return new TaskRequest(
        plain.taskId(),
        plain.queue(),
        plain.taskType(),
        plain.input(),
        plain.priority(),
        plain.retryPolicy(),
        plain.timeouts(),
        plain.resultTtl(),
        plain.labels(),
        plain.start(),
        Optional.of("sync-A-100"),
        plain.rules());
  }

  private static void refusedFor(String holder, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class,
            r -> {
              assertThat(r.sort()).isEqualTo(Refusal.Sort.FAILED_PRECONDITION);
              assertThat(r.reason().name()).isEqualTo("DEDUPLICATION_KEY_IN_USE");
              assertThat(r.resource()).contains("tasks/first");
              assertThat(r.getMessage()).contains(holder + " has its deduplication key");
            });
  }
}
