package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.event.AllEvents;
import io.tasklane.step.StepFeature;
import io.tasklane.step.StepState;
import io.tasklane.task.run.TaskRunner;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An event in the same moment as the wait for it is neither lost nor seen twice. */
class StepEventRaceTest {
  private static final Payload DONE = Payload.json("{}");
  private final StepBench bench = new StepBench();

  @AfterEach
  void close() {
    bench.close();
  }

  private TaskRunner.Ran await(Task task) {
    return bench.run(
        task,
        run -> {
          Optional<Payload> event =
              run.awaitEvent("e", "test.go", "event.data.n == 1", Duration.ofHours(1));
          return event.orElse(DONE);
        });
  }

  private void publish(int n) {
    Postgres.run(
        bench.store.database,
        "INSERT INTO task_event (xid, seq, time, kind, subject, event_type, data) VALUES"
            + " (pg_current_xact_id()::text::bigint, nextval('event_seq'), now(), 4, 's',"
            + " 'test.go', '{\"n\":"
            + n
            + "}')");
  }

  private void deliver() {
    StoreBench.get(
        bench.store.committer.submit(
            new StepFeature(bench.context, AllEvents.rows(key -> "Q")).dueWork().get(0).command(),
            100));
  }

  @Test
  void one_that_comes_before_the_run_has_ended_makes_the_task_due_at_once() {
    bench.store.create(bench.store.named("t", 5));
    Task task = bench.claim();
    RunEnd end = await(task).end();
    assertThat(end).isInstanceOf(RunEnd.Suspended.class);
    publish(1);
    deliver(); // the task is still RUNNING
    assertThat(bench.step("t", "e").state()).isEqualTo(StepState.SUCCEEDED);
    bench.complete(task, end);
    StoreBench.get(bench.store.committer.submit(bench.store.due, 10));
    assertThat(bench.store.read("t").state()).isEqualTo(TaskState.QUEUED);
    RunEnd.Succeeded done = (RunEnd.Succeeded) await(bench.claim()).end();
    assertThat(done.result().text()).contains("\"n\":1");
  }

  @Test
  void one_that_comes_after_it_has_ended_makes_it_due_too_and_others_do_not() {
    publish(1);
    bench.store.create(bench.store.named("t", 5));
    Task task = bench.claim();
    bench.complete(task, await(task).end());
    deliver();
    publish(2);
    deliver();
    StoreBench.get(bench.store.committer.submit(bench.store.due, 10));
    assertThat(bench.store.read("t").state())
        .as("one before the wait, one that does not meet the condition")
        .isEqualTo(TaskState.SCHEDULED);
    publish(1);
    deliver();
    StoreBench.get(bench.store.committer.submit(bench.store.due, 10));
    assertThat(bench.store.read("t").state()).isEqualTo(TaskState.QUEUED);
  }

  @Test
  void one_from_before_the_wait_is_not_seen_although_another_wait_was_there() {
    bench.store.create(bench.store.named("t", 5));
    Task first = bench.claim();
    bench.complete(first, await(first).end());
    publish(2);
    publish(1); // ends the first wait, and stands in the log before the second begins
    bench.store.create(bench.store.named("u", 5));
    Task second = bench.claim();
    bench.complete(second, await(second).end());
    deliver();
    assertThat(bench.step("t", "e").state()).isEqualTo(StepState.SUCCEEDED);
    assertThat(bench.step("u", "e").state()).isEqualTo(StepState.WAITING);
  }

  @Test
  void a_node_that_dies_before_the_run_has_ended_loses_no_event_and_prolongs_no_wait() {
    bench.store.create(bench.store.named("t", 5));
    await(bench.claim());
    var due = bench.step("t", "e").due().orElseThrow();
    bench.die();
    Task again = bench.claim();
    RunEnd end = await(again).end();
    assertThat(end).isInstanceOf(RunEnd.Suspended.class);
    assertThat(bench.step("t", "e").due()).contains(due);
    bench.complete(again, end);
    publish(1);
    deliver();
    StoreBench.get(bench.store.committer.submit(bench.store.due, 10));
    assertThat(await(bench.claim()).end()).isInstanceOf(RunEnd.Succeeded.class);
  }
}
