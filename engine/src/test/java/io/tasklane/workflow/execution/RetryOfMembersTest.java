package io.tasklane.workflow.execution;

import static io.tasklane.workflow.execution.Trees.each;
import static io.tasklane.workflow.execution.Trees.group;
import static io.tasklane.workflow.execution.Trees.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.task.RunEnd;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.state.NodeState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A retry of more members than may be open at a time: how many still wait is stored after each
 * decision, and the next one goes on from there.
 */
class RetryOfMembersTest {
  private static final int COPIES = 5;

  private final WorkflowBench bench = new WorkflowBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void copies_that_wait_for_their_retry_all_run_however_few_may_be_open() {
    for (int parallel : List.of(1, 2)) {
      Started flow = failed(parallel);

      flow.retry();
      for (int i = 0; i < COPIES; i++) {
        assertStates(flow, i, Math.min(i + parallel, COPIES));
        assertThat(flow.state()).isEqualTo("RUNNING");
        flow.succeed("t", Integer.toString(i), i);
      }

      assertThat(flow.state()).isEqualTo("SUCCEEDED");
      assertThat(flow.result()).isEqualTo("[0,1,2,3,4]");
    }
  }

  /** The first ones have succeeded, those up to another are open, and the others wait. */
  private static void assertStates(Started flow, int succeeded, int begun) {
    List<NodeState> expected =
        IntStream.range(0, COPIES)
            .mapToObj(
                i ->
                    i < succeeded
                        ? NodeState.SUCCEEDED
                        : i < begun ? NodeState.RUNNING : NodeState.WAITING)
            .toList();
    assertThat(IntStream.range(0, COPIES).mapToObj(i -> flow.state("t", i)).toList())
        .isEqualTo(expected);
  }

  @Test
  void a_retry_that_is_cancelled_leaves_what_still_waited_to_the_next_retry() {
    Started flow = failed(1);
    flow.retry();
    flow.succeed("t", "0", 0);
    flow.cancel();
    bench.claimAll();
    WorkflowBench.get(
        bench.complete(bench.committer, flow.task("t", 1), new RunEnd.Stopped(Optional.empty())));
    assertThat(flow.state()).isEqualTo("CANCELLED");

    flow.retry();
    for (int i = 1; i < COPIES; i++) {
      assertStates(flow, i, i + 1);
      flow.succeed("t", Integer.toString(i), i);
    }
    assertThat(flow.result()).isEqualTo("[0,1,2,3,4]");
  }

  @Test
  void members_that_were_not_asked_for_still_count_as_failed_at_the_end_of_the_retry() {
    Node tree = group("g", FailurePolicy.WAIT_ALL, 1, task("a"), task("b"), task("c"));
    Started flow = bench.start(tree);
    List.of("a", "b", "c").forEach(flow::fail);

    flow.retry(NodeKey.of("a"), NodeKey.of("c"));
    flow.succeed("a", "1");
    flow.succeed("c", "3");

    assertThat(flow.state("b")).isEqualTo(NodeState.FAILED);
    assertThat(flow.state()).isEqualTo("FAILED");
    assertThat(flow.node("a").run()).isEqualTo(2);
    assertThat(flow.node("b").run()).isOne();
  }

  private Started failed(int parallel) {
    Started flow =
        bench.start(
            each("e", "inputs.s", 1, parallel, FailurePolicy.WAIT_ALL, task("t")),
            Map.of("s", List.of(1, 2, 3, 4, 5)));
    for (int i = 0; i < COPIES; i++) {
      flow.fail("t", i);
    }
    assertThat(flow.state()).isEqualTo("FAILED");
    return flow;
  }
}
