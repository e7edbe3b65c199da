package io.tasklane.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Postgres;
import io.tasklane.workflow.execution.BatchBench;
import io.tasklane.workflow.execution.WorkflowBench;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several nodes work on one batch operation, one after another or at once; none ends with one. */
class BatchNodesTest {
  private static final int TARGETS = 400;
  private final WorkflowBench bench = new WorkflowBench();
  private final BatchBench first = new BatchBench(bench);
  private final BatchBench second = new BatchBench(bench);

  @AfterEach
  void close() {
    bench.close();
  }

  /** Retries of cancelled tasks: done twice, there would be two copies. */
  private String retries() {
    first.create(TARGETS);
    first.run(BatchBench.request(BatchKind.CANCEL_TASKS, "state = QUEUED"), TARGETS);
    return first
        .start(BatchBench.request(BatchKind.RETRY_TASKS, "state = CANCELLED"), TARGETS)
        .id();
  }

  private void onceEach(String id) {
    BatchOperation ended = first.batches.get(id);
    assertThat(ended.state()).isEqualTo(BatchState.SUCCEEDED);
    assertThat(ended.counts()).isEqualTo(new BatchCounts(TARGETS, TARGETS, 0));
    assertThat(Postgres.number(bench.database, "SELECT count(DISTINCT retry_of) FROM task"))
        .as("none left out")
        .isEqualTo(TARGETS);
    assertThat(bench.count("task WHERE retry_of IS NOT NULL")).as("none twice").isEqualTo(TARGETS);
  }

  private static void steps(BatchBench node, GroupCommitter committer, String id) {
    while (node.batches.get(id).state() == BatchState.RUNNING) {
      node.stepNow(committer);
    }
  }

  @Test
  void two_nodes_at_once_do_no_target_twice() {
    String id = retries();
    try (GroupCommitter other = new GroupCommitter(bench.database, Thread::new, () -> {})) {
      CompletableFuture<Void> racing = CompletableFuture.runAsync(() -> steps(second, other, id));
      steps(first, bench.committer, id);
      racing.join();
    }
    onceEach(id);
  }

  @Test
  void another_node_goes_on_where_one_ended_in_the_middle() {
    String id = retries();
    GroupCommitter other = new GroupCommitter(bench.database, Thread::new, () -> {});
    CompletableFuture<Void> ending = CompletableFuture.runAsync(() -> steps(second, other, id));
    while (first.batches.get(id).counts().tried() < TARGETS / 4) {
      Thread.onSpinWait();
    }
    killConnections();
    other.close();
    try {
      ending.join();
    } catch (CompletionException ended) {
      assertThat(ended.getCause()).isInstanceOf(RuntimeException.class);
    }
    assertThat(first.batches.get(id).counts().left()).as("in the middle").isPositive();
    steps(first, bench.committer, id);
    onceEach(id);
  }

  /** Ends the transactions that are under way, as the death of their node does. */
  private void killConnections() {
    Postgres.run(
        bench.database,
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
        """);
  }
}
