package io.tasklane.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.task.state.TaskState;
import io.tasklane.workflow.definition.Chain;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.Group;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.execution.BatchBench;
import io.tasklane.workflow.execution.Started;
import io.tasklane.workflow.execution.WorkflowBench;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of batch operation does to many what its call does to one. */
class BatchKindsTest {
  private final WorkflowBench bench = new WorkflowBench();
  private final BatchBench work = new BatchBench(bench);

  @AfterEach
  void close() {
    bench.close();
  }

  private void fail(int count) {
    IntStream.range(0, count).forEach(i -> work.create("f" + i));
    bench.claimAll();
    IntStream.range(0, count)
        .forEach(
            i ->
                WorkflowBench.get(
                    bench.complete(
                        bench.committer, bench.read("f" + i), WorkflowBench.failed("FEED_DOWN"))));
  }

  @Test
  void retries_create_one_copy_of_each_task_and_none_of_a_copy_that_fails_again() {
    fail(7);
    BatchRequest request = BatchBench.request(BatchKind.RETRY_TASKS, "state = FAILED");
    String id = work.start(request, 7).id();
    assertThat(work.finish(id).counts()).isEqualTo(new BatchCounts(7, 7, 0));
    assertThat(Postgres.number(bench.database, "SELECT count(DISTINCT retry_of) FROM task"))
        .isEqualTo(7);
    assertThat(bench.count("task WHERE state = " + TaskState.QUEUED.code())).isEqualTo(7);
    assertThat(work.stepNow(bench.committer)).isFalse();
  }

  @Test
  void replays_count_with_their_dead_letters_and_discards_end_these() {
    fail(4);
    String filter = "failure.code = FEED_DOWN";
    assertThat(work.run(BatchBench.request(BatchKind.REPLAY_DEAD_LETTERS, filter), 4).counts())
        .isEqualTo(new BatchCounts(4, 4, 0));
    assertThat(bench.count("dead_letter WHERE replay_count = 1 AND replay_principal = 'user:ann'"))
        .isEqualTo(4);
    assertThat(bench.count("task WHERE state = " + TaskState.QUEUED.code())).isEqualTo(4);
    BatchRequest discard = BatchBench.request(BatchKind.DISCARD_DEAD_LETTERS, filter);
    String first = work.start(discard, 4).id();
    String second = work.start(discard, 4).id();
    assertThat(work.finish(first).counts().tried() + work.finish(second).counts().tried())
        .isEqualTo(8);
    assertThat(bench.count("dead_letter")).isZero();
    assertThat(bench.count("batch_refusal WHERE reason = 'DEAD_LETTER_NOT_FOUND'"))
        .as("two batch operations over one set")
        .isEqualTo(4);
  }

  private static Node wait(String name) {
    return Node.of(
        name,
        new EventWait(
            "acc.go",
            Optional.empty(),
            Optional.empty(),
            EventWait.OnTimeout.FAIL,
            0,
            Optional.empty()));
  }

  @Test
  void workflows_are_cancelled_and_those_that_have_ended_are_refused() {
    List<Started> flows = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      flows.add(bench.start(wait("w")));
    }
    flows.get(0).cancel();
    BatchOperation ended = work.run(BatchBench.request(BatchKind.CANCEL_WORKFLOWS, ""), 5);
    assertThat(flows).allSatisfy(flow -> assertThat(flow.state()).isEqualTo("CANCELLED"));
    assertThat(ended.counts()).isEqualTo(new BatchCounts(5, 4, 1));
    assertThat(work.batches.refusals(ended.id(), -1, 9))
        .extracting(BatchRefusal::reason)
        .containsExactly("WORKFLOW_ENDED");
  }

  private static Node gather(FailurePolicy policy) {
    return Node.of("g", new Group(List.of(BatchBench.task("a"), BatchBench.task("b")), policy, 0));
  }

  /** A member that a batch operation cancels ends like one that somebody cancels by hand. */
  @ParameterizedTest
  @EnumSource(FailurePolicy.class)
  void a_gather_does_not_wait_for_members_that_were_cancelled_in_a_batch(FailurePolicy policy) {
    Started flow =
        bench.start(Node.of("c", new Chain(List.of(gather(policy), BatchBench.task("z")))));
    work.run(BatchBench.request(BatchKind.CANCEL_TASKS, "state = QUEUED"), 2);
    boolean goesOn = policy == FailurePolicy.IGNORE;
    assertThat(flow.state()).isEqualTo(goesOn ? "RUNNING" : "CANCELLED");
    assertThat(bench.count("task")).as("tasks of a, b and perhaps z").isEqualTo(goesOn ? 3 : 2);
  }

  @Test
  void running_tasks_are_asked_to_stop() {
    work.create("r0");
    bench.claimAll();
    work.run(BatchBench.request(BatchKind.CANCEL_TASKS, "state = RUNNING"), 1);
    assertThat(bench.read("r0").state()).isEqualTo(TaskState.CANCELLING);
  }
}
