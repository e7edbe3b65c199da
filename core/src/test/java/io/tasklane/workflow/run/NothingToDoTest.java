package io.tasklane.workflow.run;

import static io.tasklane.workflow.definition.FailurePolicy.*;
import static io.tasklane.workflow.run.Nodes.*;
import static io.tasklane.workflow.state.NodeState.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.state.WorkflowStatus;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NothingToDoTest {
  @Test
  void a_for_each_over_an_empty_list_succeeds_with_an_empty_list_and_passes_it_on() {
    WorkflowTester workflow =
        WorkflowTester.of(
                chain(
                    "c",
                    each("s", "inputs.s", task("a")),
                    each("e", "outputs.s", task("b")),
                    task("z")))
            .inputs(Map.of("s", List.of()))
            .begin();
    workflow.is("s", SUCCEEDED).is("e", SUCCEEDED).notStarted("a", "b");
    assertThat(workflow.value(workflow.start("z").passed().orElseThrow())).isEqualTo(List.of());
    workflow.succeed("z").ends(WorkflowStatus.State.SUCCEEDED);
  }

  @Test
  void an_empty_list_at_the_very_end_ends_the_workflow() {
    WorkflowTester workflow =
        WorkflowTester.begun(each("s", "[]", task("a"))).ends(WorkflowStatus.State.SUCCEEDED);
    assertThat(workflow.value(workflow.status.result())).isEqualTo(List.of());
  }

  @Test
  void an_inner_empty_list_takes_its_place_in_the_outer_one() {
    WorkflowTester workflow =
        WorkflowTester.begun(each("o", "[[1], [], [2]]", each("i", "item", task("a"))));
    workflow.give("a", "one", 0, 0).give("a", "two", 2, 0).ends(WorkflowStatus.State.SUCCEEDED);
    assertThat(workflow.output("o")).isEqualTo(List.of(List.of("one"), List.of(), List.of("two")));
  }

  @Test
  void thousands_of_empty_copies_end_without_recursion() {
    WorkflowTester workflow =
        WorkflowTester.of(each("o", "inputs.l", each("i", "[]", task("a"))))
            .inputs(Map.of("l", java.util.Collections.nCopies(20_000, 1)))
            .begin()
            .ends(WorkflowStatus.State.SUCCEEDED);
    assertThat((List<?>) workflow.output("o")).hasSize(20_000);
  }

  @Test
  void a_list_that_is_absent_or_null_or_no_list_is_not_empty() {
    Map<String, Object> inputs = new HashMap<>();
    inputs.put("n", null);
    inputs.put("t", "AAPL");
    for (String items : List.of("inputs.x", "inputs.n", "inputs.t")) {
      WorkflowTester workflow =
          WorkflowTester.of(chain("c", each("s", items, task("a")), task("z")))
              .inputs(inputs)
              .begin();
      workflow.ends(WorkflowStatus.State.FAILED).notStarted("a", "z");
      assertThat(workflow.cause("s").message()).contains("for_each.items");
    }
  }

  @Test
  void a_run_of_an_empty_queue_succeeds_at_once() {
    WorkflowTester workflow =
        WorkflowTester.begun(chain("c", queue("q", "A", WAIT_ALL), task("z")));
    workflow.apply(new WorkflowEvent.QueueTaken(WorkflowTester.key("q"), 1, 0));
    workflow.is("q", SUCCEEDED);
    assertThat(workflow.started()).containsExactly("z");
    assertThat(workflow.output("q"))
        .isEqualTo(Map.of("total", 0, "succeeded", 0, "failed", 0, "cancelled", 0));
  }

  @Test
  void empties_are_not_run_again_by_a_retry() {
    WorkflowTester workflow =
        WorkflowTester.begun(chain("c", each("s", "[]", task("a")), task("f"))).fail("f").retry();
    assertThat(workflow.instances.get(WorkflowTester.key("s")).run()).isEqualTo(1);
    workflow.succeed("f").ends(WorkflowStatus.State.SUCCEEDED);
  }

  @Test
  void a_failed_list_is_asked_anew_by_a_retry() {
    WorkflowTester workflow = WorkflowTester.of(each("s", "facts.l", task("a"))).begin();
    workflow.ends(WorkflowStatus.State.FAILED);
    workflow.facts.put("l", Arrays.asList(1, 2));
    workflow.retry();
    assertThat(workflow.started()).containsExactly("a[0]", "a[1]");
    workflow.leaf(WorkflowTester.key("a", 0), SUCCEEDED, Optional.empty());
    workflow.leaf(WorkflowTester.key("a", 1), SUCCEEDED, Optional.empty());
    workflow.ends(WorkflowStatus.State.SUCCEEDED);
  }
}
