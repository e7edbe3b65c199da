package io.tasklane.workflow.execution;

import static io.tasklane.workflow.execution.Trees.chain;
import static io.tasklane.workflow.execution.Trees.each;
import static io.tasklane.workflow.execution.Trees.group;
import static io.tasklane.workflow.execution.Trees.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.task.RunEnd;
import io.tasklane.task.cancel.CancelTasks;
import io.tasklane.task.state.TaskState;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.state.NodeState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The members of groups and the copies of for-eaches, on the real store. */
class MembersTest {
  private final WorkflowBench bench = new WorkflowBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void a_group_waits_for_all_and_gathers_in_the_order_of_the_definition() {
    Started flow =
        bench.start(
            chain(
                "all",
                group("g", FailurePolicy.WAIT_ALL, task("a"), task("b"), task("c")),
                task("z")));
    flow.succeed("c", "3");
    flow.succeed("a", "1");
    assertThat(flow.hasStarted("z")).isFalse();
    flow.succeed("b", "2");

    assertThat(flow.input("z")).isEqualTo("{\"input\":[1,2,3]}");
  }

  @Test
  void an_expression_sees_the_member_whose_end_it_follows_also_inside_of_groups() {
    Started flow =
        bench.start(
            chain(
                "all",
                group("g", FailurePolicy.WAIT_ALL, task("a"), chain("c", task("b"))),
                each("e", "outputs.g", task("t", Map.of("n", "item"))),
                task("z", Map.of("all", "outputs.e", "last", "outputs.g[1]"))));
    flow.succeed("a", "1");
    flow.succeed("b", "2");
    assertThat(flow.input("t", 1)).isEqualTo("{\"n\":2}");
    flow.succeed("t", "10", 0);
    flow.succeed("t", "20", 1);

    assertThat(flow.input("z")).isEqualTo("{\"all\":[10,20],\"last\":2}");
  }

  @Test
  void wait_all_fails_after_all_have_ended_and_ignore_goes_on_with_a_hole() {
    for (FailurePolicy policy : List.of(FailurePolicy.WAIT_ALL, FailurePolicy.IGNORE)) {
      Started flow = bench.start(chain("all", group("g", policy, task("a"), task("b")), task("z")));
      flow.fail("a");
      assertThat(flow.state("b")).isEqualTo(NodeState.RUNNING);
      flow.succeed("b", "2");
      if (policy == FailurePolicy.IGNORE) {
        assertThat(flow.input("z")).isEqualTo("{\"input\":[null,2]}");
      } else {
        assertThat(flow.state()).isEqualTo("FAILED");
        assertThat(flow.hasStarted("z")).isFalse();
      }
    }
  }

  @Test
  void fail_fast_cancels_the_others_in_the_same_command() {
    Started flow =
        bench.start(group("g", FailurePolicy.FAIL_FAST, task("a"), task("b"), task("c")));
    String b = flow.task("b").taskId();
    String c = flow.task("c").taskId();
    bench.claimAll();
    flow.fail("a");

    assertThat(bench.read(b).state()).isEqualTo(TaskState.CANCELLING);
    assertThat(flow.state()).isEqualTo("RUNNING");
    WorkflowBench.get(
        bench.complete(bench.committer, bench.read(b), new RunEnd.Stopped(Optional.empty())));
    WorkflowBench.get(
        bench.complete(bench.committer, bench.read(c), new RunEnd.Stopped(Optional.empty())));
    assertThat(flow.state()).as("a failure wins over a cancel").isEqualTo("FAILED");
  }

  @Test
  void waiting_members_of_a_group_that_fails_fast_end_with_it_at_once() {
    Started flow = bench.start(group("g", FailurePolicy.FAIL_FAST, task("a"), task("b")));
    String b = flow.task("b").taskId();
    String a = flow.task("a").taskId();
    WorkflowBench.get(
        bench.committer.submit(
            bench.parts.cancels, new CancelTasks.Cancel(a, WorkflowBench.ANN, false)));

    assertThat(bench.read(b).state()).isEqualTo(TaskState.CANCELLED);
    assertThat(flow.state()).isEqualTo("CANCELLED");
    assertThat(flow.now().status().cause().orElseThrow().actor().orElseThrow().principal())
        .isEqualTo("user:ann");
  }

  @Test
  void no_more_members_are_open_than_are_allowed() {
    Started flow =
        bench.start(group("g", FailurePolicy.WAIT_ALL, 2, task("a"), task("b"), task("c")));
    assertThat(flow.hasStarted("c")).isFalse();
    flow.succeed("b", "2");
    assertThat(flow.state("c")).isEqualTo(NodeState.RUNNING);
  }

  @Test
  void eighty_one_symbols_in_batches_of_two_are_forty_one_tasks_in_their_order() {
    List<Object> symbols = IntStream.range(0, 81).<Object>mapToObj(i -> "S" + i).toList();
    Started flow =
        bench.start(
            chain(
                "all",
                each("e", "inputs.s", 2, 0, FailurePolicy.WAIT_ALL, task("t", Map.of("s", "item"))),
                task("z")),
            Map.of("s", symbols));
    assertThat(bench.count("task")).isEqualTo(41);
    assertThat(flow.input("t", 40)).isEqualTo("{\"s\":[\"S80\"]}");
    for (int i = 40; i >= 0; i--) {
      flow.succeed("t", Integer.toString(i), i);
    }

    assertThat(flow.input("z"))
        .isEqualTo(
            "{\"input\":["
                + String.join(",", IntStream.range(0, 41).mapToObj(String::valueOf).toList())
                + "]}");
  }

  @Test
  void an_empty_list_succeeds_at_once_and_so_does_the_next() {
    Started flow =
        bench.start(
            chain(
                "all",
                each("e", "inputs.s", task("t")),
                each("f", "outputs.e", task("u")),
                task("z")),
            Map.of("s", List.of()));

    assertThat(flow.state("e")).isEqualTo(NodeState.SUCCEEDED);
    assertThat(flow.state("f")).isEqualTo(NodeState.SUCCEEDED);
    assertThat(flow.input("z")).isEqualTo("{\"input\":[]}");
  }

  @Test
  void copies_start_one_after_another_from_the_stored_list() {
    Started flow =
        bench.start(
            each("e", "inputs.s", 1, 1, FailurePolicy.WAIT_ALL, task("t", Map.of("n", "item"))),
            Map.of("s", List.of(5L, 4L, 3L)));
    for (int i = 0; i < 3; i++) {
      assertThat(flow.input("t", i)).isEqualTo("{\"n\":" + (5 - i) + "}");
      assertThat(bench.count("task_ready")).isOne();
      flow.succeed("t", Integer.toString(i), i);
    }

    assertThat(flow.result()).isEqualTo("[0,1,2]");
  }
}
