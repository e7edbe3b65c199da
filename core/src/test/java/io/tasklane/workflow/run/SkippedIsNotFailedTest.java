package io.tasklane.workflow.run;

import static io.tasklane.workflow.definition.FailurePolicy.*;
import static io.tasklane.workflow.run.Nodes.*;
import static io.tasklane.workflow.state.NodeState.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.workflow.definition.EventWait.OnTimeout;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.state.WorkflowStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SkippedIsNotFailedTest {
  @Test
  void a_branch_that_is_not_taken_fails_nothing_in_any_group() {
    for (FailurePolicy policy : FailurePolicy.values()) {
      WorkflowTester workflow =
          WorkflowTester.begun(
              chain("w", group("g", policy, task("y"), cond("c", "false", task("x"))), task("z")));
      workflow.succeed("y").is("c", SUCCEEDED).is("g", SUCCEEDED).notStarted("x");
      assertThat(workflow.output("g")).isEqualTo(Arrays.asList("y!", null));
      workflow.succeed("z").ends(WorkflowStatus.State.SUCCEEDED);
    }
  }

  @Test
  void the_output_of_a_node_that_did_not_run_is_absent_and_reading_it_fails_the_reader() {
    WorkflowTester workflow =
        WorkflowTester.begun(
            chain(
                "w",
                cond("c", "false", task("x")),
                task("y", Map.of("was", "has(outputs.x)", "c", "outputs.c == null")),
                cond("r", "outputs.x.n > 1", task("z"))));
    assertThat(workflow.start("y").input()).isEqualTo(Map.of("was", false, "c", true));
    workflow.succeed("y").ends(WorkflowStatus.State.FAILED);
    assertThat(workflow.cause("r").message()).endsWith("outputs.x is absent: x was skipped");
    assertThat(workflow.status.cause()).isEqualTo(Optional.of(workflow.cause("r")));
  }

  @Test
  void a_wait_that_is_skipped_in_time_is_no_failure_whoever_counts_it() {
    for (FailurePolicy policy : FailurePolicy.values()) {
      WorkflowTester workflow =
          WorkflowTester.begun(
              chain(
                  "w",
                  group(
                      "g",
                      policy,
                      task("a"),
                      await(
                          "s", "acc.go", Optional.empty(), OnTimeout.SKIP, Optional.of(task("t")))),
                  task("z")));
      workflow.succeed("a").timer("s").is("s", SKIPPED).is("g", SUCCEEDED).notStarted("t");
      assertThat(workflow.output("g")).isEqualTo(Arrays.asList("a!", null));
      workflow.succeed("z").ends(WorkflowStatus.State.SUCCEEDED);
    }
  }

  @Test
  void a_skip_and_a_failure_in_one_group_is_a_failure() {
    WorkflowTester workflow =
        WorkflowTester.begun(group("g", WAIT_ALL, approval("s", 1, OnTimeout.SKIP), task("f")));
    workflow.fail("f").timer("s").is("g", FAILED).ends(WorkflowStatus.State.FAILED);
  }

  @Test
  void a_skipped_root_ends_the_workflow_well() {
    WorkflowTester workflow = WorkflowTester.begun(approval("s", 1, OnTimeout.SKIP)).timer("s");
    workflow.ends(WorkflowStatus.State.SUCCEEDED);
    assertThat(workflow.value(workflow.status.result())).isNull();
  }

  @Test
  void null_is_passed_on_from_what_was_skipped() {
    WorkflowTester workflow =
        WorkflowTester.begun(chain("c", approval("s", 1, OnTimeout.SKIP), task("z"))).timer("s");
    assertThat(workflow.value(workflow.start("z").passed().orElseThrow())).isNull();
  }

  @Test
  void a_skipped_copy_keeps_its_place() {
    WorkflowTester workflow =
        WorkflowTester.begun(each("e", "[1, 2, 3]", cond("c", "item != 2", task("a"))));
    workflow.give("a", "three", 2).give("a", "one", 0);
    assertThat(workflow.output("e")).isEqualTo(Arrays.asList("one", null, "three"));
    assertThat(List.of(workflow.status.state())).containsExactly(WorkflowStatus.State.SUCCEEDED);
  }
}
