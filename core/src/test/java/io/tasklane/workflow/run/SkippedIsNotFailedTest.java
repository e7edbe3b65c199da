package io.tasklane.workflow.run;

import static io.tasklane.workflow.definition.FailurePolicy.*;
import static io.tasklane.workflow.run.NodeState.*;
import static io.tasklane.workflow.run.Tree.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.workflow.definition.EventWait.OnTimeout;
import io.tasklane.workflow.definition.FailurePolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SkippedIsNotFailedTest {
  @Test
  void a_branch_that_is_not_taken_fails_nothing_in_any_group() {
    for (FailurePolicy policy : FailurePolicy.values()) {
      Flow flow =
          Flow.begun(
              chain("w", group("g", policy, task("y"), cond("c", "false", task("x"))), task("z")));
      flow.succeed("y").is("c", SUCCEEDED).is("g", SUCCEEDED).notStarted("x");
      assertThat(flow.output("g")).isEqualTo(Arrays.asList("y!", null));
      flow.succeed("z").ends(WorkflowStatus.State.SUCCEEDED);
    }
  }

  @Test
  void the_output_of_a_node_that_did_not_run_is_absent_and_reading_it_fails_the_reader() {
    Flow flow =
        Flow.begun(
            chain(
                "w",
                cond("c", "false", task("x")),
                task("y", Map.of("was", "has(outputs.x)", "c", "outputs.c == null")),
                cond("r", "outputs.x.n > 1", task("z"))));
    assertThat(flow.start("y").input()).isEqualTo(Map.of("was", false, "c", true));
    flow.succeed("y").ends(WorkflowStatus.State.FAILED);
    assertThat(flow.cause("r").message()).endsWith("outputs.x is absent: x was skipped");
    assertThat(flow.status.cause()).isEqualTo(Optional.of(flow.cause("r")));
  }

  @Test
  void a_wait_that_is_skipped_in_time_is_no_failure_whoever_counts_it() {
    for (FailurePolicy policy : FailurePolicy.values()) {
      Flow flow =
          Flow.begun(
              chain(
                  "w",
                  group(
                      "g",
                      policy,
                      task("a"),
                      await(
                          "s", "acc.go", Optional.empty(), OnTimeout.SKIP, Optional.of(task("t")))),
                  task("z")));
      flow.succeed("a").timer("s").is("s", SKIPPED).is("g", SUCCEEDED).notStarted("t");
      assertThat(flow.output("g")).isEqualTo(Arrays.asList("a!", null));
      flow.succeed("z").ends(WorkflowStatus.State.SUCCEEDED);
    }
  }

  @Test
  void a_skip_and_a_failure_in_one_group_is_a_failure() {
    Flow flow = Flow.begun(group("g", WAIT_ALL, approval("s", 1, OnTimeout.SKIP), task("f")));
    flow.fail("f").timer("s").is("g", FAILED).ends(WorkflowStatus.State.FAILED);
  }

  @Test
  void a_skipped_root_ends_the_workflow_well() {
    Flow flow = Flow.begun(approval("s", 1, OnTimeout.SKIP)).timer("s");
    flow.ends(WorkflowStatus.State.SUCCEEDED);
    assertThat(flow.value(flow.status.result())).isNull();
  }

  @Test
  void null_is_passed_on_from_what_was_skipped() {
    Flow flow = Flow.begun(chain("c", approval("s", 1, OnTimeout.SKIP), task("z"))).timer("s");
    assertThat(flow.value(flow.start("z").passed().orElseThrow())).isNull();
  }

  @Test
  void a_skipped_copy_keeps_its_place() {
    Flow flow = Flow.begun(each("e", "[1, 2, 3]", cond("c", "item != 2", task("a"))));
    flow.give("a", "three", 2).give("a", "one", 0);
    assertThat(flow.output("e")).isEqualTo(Arrays.asList("one", null, "three"));
    assertThat(List.of(flow.status.state())).containsExactly(WorkflowStatus.State.SUCCEEDED);
  }
}
