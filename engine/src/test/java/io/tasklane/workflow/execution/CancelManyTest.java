package io.tasklane.workflow.execution;

import static io.tasklane.workflow.execution.QueueBench.queue;
import static io.tasklane.workflow.execution.Trees.each;
import static io.tasklane.workflow.execution.Trees.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Postgres;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import io.tasklane.workflow.state.NodeState;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** However many tasks of a workflow are open, no transaction cancels more than a few of them. */
class CancelManyTest {
  private static final int OPEN = Integer.getInteger("tasklane.open", 1_000);
  private static final int COPIES = 500;
  private static final String MOST_IN_ONE =
      "coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM task_event WHERE move = "
          + Move.CANCEL.code()
          + " GROUP BY xid) t";

  private final QueueBench queues = new QueueBench();
  private final WorkflowBench bench = queues.bench;

  @AfterEach
  void close() {
    queues.close();
  }

  private long tasks(TaskState state) {
    return bench.count("task WHERE state = " + state.code());
  }

  private void cancelledInParts(Started flow, int open) {
    assertThat(Postgres.number(bench.database, "SELECT " + MOST_IN_ONE))
        .isLessThanOrEqualTo(NodeCancels.AT_ONCE);
    assertThat(tasks(TaskState.CANCELLED)).isEqualTo(open);
    assertThat(flow.state()).isEqualTo("CANCELLED");
    assertThat(bench.count("workflow_cancel")).isZero();
    assertThat(
            bench.count(
                "task_event WHERE subject LIKE 'workflows/%' AND data LIKE '%\"CANCELLED\"%'"
                    + " AND kind = (SELECT max(kind) FROM task_event WHERE data LIKE"
                    + " '%\"previous_state\":\"CANCELLING\"%')"))
        .as("it ends once")
        .isOne();
  }

  @Test
  void two_nodes_cancel_all_copies_in_parts() {
    Started flow =
        bench.start(each("e", "inputs.s", task("t")), Map.of("s", Collections.nCopies(COPIES, 1L)));
    flow.cancel();
    assertThat(tasks(TaskState.CANCELLED)).isEqualTo(NodeCancels.AT_ONCE);
    assertThat(flow.state()).isEqualTo("CANCELLING");
    try (GroupCommitter second = new GroupCommitter(bench.database, Thread::new, () -> {})) {
      CompletableFuture<Void> other =
          CompletableFuture.runAsync(
              () -> {
                CancelNodes kind = new CancelNodes(bench.parts.executions);
                while (WorkflowBench.get(second.submit(kind, NodeCancels.AT_ONCE)) > 0) {
                  assertThat(flow.state("e")).isIn(NodeState.RUNNING, NodeState.CANCELLED);
                }
              });
      queues.cancelAll(NodeCancels.AT_ONCE);
      other.join();
      queues.cancelAll(NodeCancels.AT_ONCE);
    }
    cancelledInParts(flow, COPIES);
  }

  @Test
  void all_tasks_of_a_queue_are_cancelled_in_parts() {
    bench.create(QueueBench.request("A"), OPEN);
    long began = System.nanoTime();
    Started flow = bench.start(queue("q", "A"));
    System.out.printf("took %d tasks in %d ms%n", OPEN, (System.nanoTime() - began) / 1_000_000);
    flow.cancel();
    assertThat(tasks(TaskState.CANCELLED)).isZero();
    long middle = System.nanoTime();
    int commands = queues.cancelAll(NodeCancels.AT_ONCE);
    System.out.printf(
        "cancelled %d tasks in %d commands, %d ms%n",
        OPEN, commands, (System.nanoTime() - middle) / 1_000_000);
    assertThat(commands).isGreaterThanOrEqualTo(OPEN / NodeCancels.AT_ONCE);
    cancelledInParts(flow, OPEN);
  }
}
