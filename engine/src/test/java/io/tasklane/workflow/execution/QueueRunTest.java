package io.tasklane.workflow.execution;

import static io.tasklane.workflow.execution.QueueBench.queue;
import static io.tasklane.workflow.execution.Trees.chain;
import static io.tasklane.workflow.execution.Trees.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.task.Task;
import io.tasklane.task.state.TaskState;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.state.NodeState;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node that runs a queue takes what waits when it starts, and counts each of its tasks once. */
class QueueRunTest {
  private final QueueBench queues = new QueueBench();

  @AfterEach
  void close() {
    queues.close();
  }

  private Started start(FailurePolicy policy) {
    return queues.bench.start(queue("q", "A", policy, true));
  }

  @Test
  void it_ends_with_the_last_task_that_waited_at_its_start() {
    List<String> before = queues.add("A", 3);
    Started flow = start(FailurePolicy.WAIT_ALL);
    queues.add("A", 1);
    queues.claimAll("A");
    queues.succeed(before.get(2));
    queues.succeed(before.get(0));
    assertThat(flow.state()).isEqualTo("RUNNING");
    queues.succeed(before.get(1));

    assertThat(flow.state()).isEqualTo("SUCCEEDED");
    assertThat(flow.result())
        .isEqualTo("{\"total\":3,\"succeeded\":3,\"failed\":0,\"cancelled\":0}");
  }

  @Test
  void an_empty_queue_succeeds_at_once_and_so_does_the_next() {
    Started flow = queues.bench.start(chain("c", queue("a", "A"), queue("b", "B"), task("z")));

    assertThat(flow.state("b")).isEqualTo(NodeState.SUCCEEDED);
    assertThat(flow.input("z"))
        .isEqualTo("{\"input\":{\"total\":0,\"succeeded\":0,\"failed\":0,\"cancelled\":0}}");
  }

  @Test
  void what_waits_for_a_retry_is_taken_and_what_waits_for_its_time_is_not() {
    List<String> before = queues.add("A", 2);
    Postgres.run(
        queues.bench.database,
        "UPDATE task SET maximum_attempts = 3, initial_backoff_ms = 3600000,"
            + " permanent_codes = NULL");
    queues.claimAll("A");
    retryLater(before.get(0));
    retryLater(before.get(1));
    Postgres.run(
        queues.bench.database,
        "UPDATE task SET state = "
            + TaskState.SCHEDULED.code()
            + " WHERE name = '"
            + before.get(1)
            + "'");
    Started flow = start(FailurePolicy.WAIT_ALL);

    assertThat(queues.bench.count("workflow_task WHERE taken")).isOne();
    assertThat(flow.state()).isEqualTo("RUNNING");
  }

  private void retryLater(String taskId) {
    queues.retryLater(taskId);
    assertThat(queues.bench.read(taskId).state()).isEqualTo(TaskState.RETRY_WAIT);
  }

  @Test
  void what_runs_already_is_not_waited_for() {
    String runs = queues.add("A", 1).get(0);
    queues.claimAll("A");
    assertThat(start(FailurePolicy.WAIT_ALL).state()).isEqualTo("SUCCEEDED");
    queues.succeed(runs);
  }

  @Test
  void a_failure_fails_it_after_the_last_task_and_is_ignored_if_it_says_so() {
    for (FailurePolicy policy : List.of(FailurePolicy.WAIT_ALL, FailurePolicy.IGNORE)) {
      List<String> tasks = queues.add("A", 2);
      Started flow = start(policy);
      queues.claimAll("A");
      queues.fail(tasks.get(0));
      assertThat(flow.state()).isEqualTo("RUNNING");
      queues.succeed(tasks.get(1));
      assertThat(flow.state()).isEqualTo(policy == FailurePolicy.IGNORE ? "SUCCEEDED" : "FAILED");
    }
  }

  @Test
  void a_failure_cancels_the_others_if_it_is_to_fail_fast() {
    List<String> tasks = queues.add("A", 3);
    Started flow = start(FailurePolicy.FAIL_FAST);
    Task first = queues.claim("A").orElseThrow();
    queues.fail(first.taskId());
    assertThat(flow.state()).isEqualTo("RUNNING");
    queues.cancelAll(NodeCancels.AT_ONCE);

    assertThat(flow.state()).isEqualTo("FAILED");
    assertThat(flow.now().status().cause().orElseThrow().code()).isEqualTo("BROKEN");
    assertThat(tasks.stream().map(queues.bench::read).filter(t -> t.state() == TaskState.CANCELLED))
        .hasSize(2);
    assertThat(queues.bench.count("workflow_cancel")).isZero();
  }

  @Test
  void a_task_that_is_cancelled_by_itself_counts_as_cancelled() {
    String only = queues.add("A", 1).get(0);
    Started flow = start(FailurePolicy.WAIT_ALL);
    queues.cancel(only);

    assertThat(flow.state()).isEqualTo("CANCELLED");
  }

  @Test
  void a_retry_runs_what_did_not_succeed_once_more_and_nothing_else() {
    List<String> tasks = queues.add("A", 3);
    Started flow = start(FailurePolicy.WAIT_ALL);
    queues.claimAll("A");
    queues.succeed(tasks.get(0));
    queues.fail(tasks.get(1));
    queues.fail(tasks.get(2));
    assertThat(flow.state()).isEqualTo("FAILED");
    queues.add("A", 1);
    flow.retry();

    List<String> again = queues.claimAll("A");
    assertThat(again).hasSize(3); // the new one does not count
    List<String> copies =
        again.stream().filter(t -> queues.bench.read(t).retryOf().isPresent()).toList();
    assertThat(copies).hasSize(2);
    queues.succeed(copies.get(0));
    queues.fail(copies.get(1));
    assertThat(flow.state()).isEqualTo("FAILED");
    flow.retry();
    assertThat(queues.runAll("A")).isOne();
    assertThat(flow.result())
        .isEqualTo("{\"total\":3,\"succeeded\":3,\"failed\":0,\"cancelled\":0}");
  }

  @Test
  void what_cannot_be_run_once_more_has_failed_again() {
    String only = queues.add("A", 1).get(0);
    Started flow = start(FailurePolicy.WAIT_ALL);
    queues.claimAll("A");
    queues.fail(only);
    Postgres.run(queues.bench.database, "UPDATE queue SET intake = 3 WHERE name = 'A'");
    flow.retry();
    assertThat(flow.state()).isEqualTo("FAILED");
    Postgres.run(queues.bench.database, "UPDATE queue SET intake = 1 WHERE name = 'A'");
    flow.retry();
    assertThat(queues.runAll("A")).isOne();
    assertThat(flow.state()).isEqualTo("SUCCEEDED");
  }

  @Test
  void a_queue_that_was_deleted_meanwhile_fails_the_node() {
    String first = queues.add("A", 1).get(0);
    Started flow = queues.bench.start(chain("c", queue("a", "A"), queue("b", "B")));
    Postgres.run(queues.bench.database, "UPDATE queue SET delete_time = now() WHERE name = 'B'");
    queues.claimAll("A");
    queues.succeed(first);

    assertThat(flow.state("b")).isEqualTo(NodeState.FAILED);
    assertThat(flow.node("b").cause().orElseThrow().code()).isEqualTo("QUEUE_UNKNOWN");
    assertThat(queues.bench.count("queue_hold")).isZero();
  }

  @Test
  void a_cancelled_workflow_cancels_what_it_has_taken() {
    queues.add("A", 2);
    Started flow = start(FailurePolicy.WAIT_ALL);
    Task runs = queues.claim("A").orElseThrow();
    flow.cancel();
    queues.cancelAll(NodeCancels.AT_ONCE);
    assertThat(queues.bench.read(runs.taskId()).state()).isEqualTo(TaskState.CANCELLING);
    assertThat(flow.state()).isEqualTo("CANCELLING");
    queues.stop(runs.taskId());

    assertThat(flow.state()).isEqualTo("CANCELLED");
  }
}
