package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.CopyOptions;
import io.tasklane.api.Refusal;
import io.tasklane.database.Postgres;
import io.tasklane.dependency.Dependency;
import io.tasklane.task.create.CopyTasks.Origin;
import io.tasklane.task.state.TaskState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An order whose risk check failed is not sent because somebody runs it again. */
class CopiedNeedsInStoreTest {
  private static final CopyOptions IGNORING = new CopyOptions(Optional.empty(), true);
  private final CopyBench bench = new CopyBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void a_skipped_task_is_not_run_again_while_its_need_has_failed() {
    skippedOrder();
    refused("order", "tasks/risk ended FAILED");
    refused("order", Optional.of(Payload.json("{\"n\":1}")), "tasks/risk ended FAILED");
    Task again = bench.retry("risk");
    refused("order", again.name() + " is QUEUED");
    bench.end(again.taskId(), CopyBench.failed());
    refused("order", "tasks/risk ended FAILED");
    assertThat(bench.store.count("task")).isEqualTo(3);
  }

  @Test
  void it_runs_after_a_copy_of_its_need_that_succeeded_also_of_a_copy() {
    skippedOrder();
    Task first = bench.retry("risk");
    bench.end(first.taskId(), CopyBench.failed());
    Task second = bench.retry(first.taskId());
    bench.end(second.taskId(), StoreBench.succeeded());
    Task order = bench.retry("order");
    assertThat(order.state()).isEqualTo(TaskState.QUEUED);
    assertThat(order.start().dependencies()).containsExactly(Dependency.on(second.taskId()));
    assertThat(bench.store.count("task_need WHERE need = " + second.id())).isOne();
  }

  @Test
  void it_runs_where_somebody_ignores_what_it_depends_on() {
    skippedOrder();
    Task order = bench.copy("order", Origin.TASK, IGNORING);
    assertThat(order.state()).isEqualTo(TaskState.QUEUED);
    assertThat(order.start().dependencies()).isEmpty();
  }

  @Test
  void a_task_that_was_cancelled_while_it_waited_waits_again() {
    bench.create(CopyBench.noop("risk"));
    bench.create(needing("order", Dependency.on("risk")));
    bench.store.cancel("order");
    Task order = bench.retry("order");
    assertThat(order.state()).isEqualTo(TaskState.BLOCKED);
    bench.end("risk", CopyBench.failed());
    assertThat(bench.store.read(order.taskId()).state()).isEqualTo(TaskState.SKIPPED);
    refused(order.taskId(), "tasks/risk ended FAILED");
  }

  @Test
  void a_dead_letter_that_never_started_is_not_replayed_while_its_need_has_failed() {
    bench.create(CopyBench.noop("risk"));
    bench.create(needing("order", Dependency.on("risk")));
    Postgres.run(bench.store.database, "UPDATE task SET expire_time = now() WHERE name = 'order'");
    Postgres.run(
        bench.store.database,
        "INSERT INTO task_deadline (due, task) SELECT now(), id FROM task WHERE name = 'order'");
    StoreBench.get(bench.store.committer.submit(bench.store.expiry, 10));
    assertThat(bench.store.read("order").state()).isEqualTo(TaskState.FAILED);
    bench.end("risk", CopyBench.failed());
    assertThatThrownBy(() -> bench.replay("order"))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.reason().name()).isEqualTo("DEPENDENCY_NOT_MET"));
    assertThat(bench.store.count("dead_letter WHERE replay_count > 0")).isZero();
    assertThat(bench.copy("order", Origin.DEAD_LETTER, IGNORING).state())
        .isEqualTo(TaskState.QUEUED);
  }

  @Test
  void a_task_that_ran_and_failed_needs_again_what_it_needed() {
    bench.create(CopyBench.noop("risk"), StoreBench.succeeded());
    bench.create(needing("order", Dependency.on("risk")), CopyBench.failed());
    Task order = bench.retry("order");
    assertThat(order.state()).isEqualTo(TaskState.QUEUED);
    assertThat(order.start().dependencies()).containsExactly(Dependency.on("risk"));
  }

  @Test
  void a_name_that_was_given_again_is_no_copy_of_the_need() {
    bench.create(CopyBench.noop("old"), CopyBench.failed());
    Task copy = bench.retry("old");
    bench.end(copy.taskId(), StoreBench.succeeded());
    Postgres.run(bench.store.database, "UPDATE task SET name = 'gone' WHERE name = 'old'");
    bench.create(CopyBench.noop("old"), CopyBench.failed());
    bench.create(needing("order", Dependency.on("old")));
    refused("order", "tasks/old ended FAILED");
  }

  private void skippedOrder() {
    bench.create(CopyBench.noop("risk"));
    bench.create(needing("order", Dependency.on("risk")));
    bench.end("risk", CopyBench.failed());
    assertThat(bench.store.read("order").state()).isEqualTo(TaskState.SKIPPED);
  }

  private static TaskRequest needing(String taskId, Dependency need) {
    return CopyBench.noop(taskId).withStart(StartConditions.after(List.of(need)));
  }

  private void refused(String taskId, String words) {
    refused(taskId, Optional.empty(), words);
  }

  private void refused(String taskId, Optional<Payload> input, String words) {
    assertThatThrownBy(() -> bench.copy(taskId, Origin.TASK, new CopyOptions(input, false)))
        .isInstanceOfSatisfying(
            Refusal.class,
            r -> {
              assertThat(r.sort()).isEqualTo(Refusal.Sort.FAILED_PRECONDITION);
              assertThat(r.reason().name()).isEqualTo("DEPENDENCY_NOT_MET");
              assertThat(r.resource()).contains("tasks/" + taskId);
              assertThat(r.getMessage()).contains(words, "ignore the dependencies");
            });
  }
}
