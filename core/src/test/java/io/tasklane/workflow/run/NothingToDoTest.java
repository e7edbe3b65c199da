package io.tasklane.workflow.run;

import static io.tasklane.workflow.definition.FailurePolicy.*;
import static io.tasklane.workflow.run.NodeState.*;
import static io.tasklane.workflow.run.Tree.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NothingToDoTest {
  @Test
  void a_for_each_over_an_empty_list_succeeds_with_an_empty_list_and_passes_it_on() {
    Flow flow =
        Flow.of(
                chain(
                    "c",
                    each("s", "inputs.s", task("a")),
                    each("e", "outputs.s", task("b")),
                    task("z")))
            .inputs(Map.of("s", List.of()))
            .begin();
    flow.is("s", SUCCEEDED).is("e", SUCCEEDED).notStarted("a", "b");
    assertThat(flow.value(flow.start("z").passed().orElseThrow())).isEqualTo(List.of());
    flow.succeed("z").ends(WorkflowStatus.State.SUCCEEDED);
  }

  @Test
  void an_empty_list_at_the_very_end_ends_the_workflow() {
    Flow flow = Flow.begun(each("s", "[]", task("a"))).ends(WorkflowStatus.State.SUCCEEDED);
    assertThat(flow.value(flow.status.result())).isEqualTo(List.of());
  }

  @Test
  void an_inner_empty_list_takes_its_place_in_the_outer_one() {
    Flow flow = Flow.begun(each("o", "[[1], [], [2]]", each("i", "item", task("a"))));
    flow.give("a", "one", 0, 0).give("a", "two", 2, 0).ends(WorkflowStatus.State.SUCCEEDED);
    assertThat(flow.output("o")).isEqualTo(List.of(List.of("one"), List.of(), List.of("two")));
  }

  @Test
  void thousands_of_empty_copies_end_without_recursion() {
    Flow flow =
        Flow.of(each("o", "inputs.l", each("i", "[]", task("a"))))
            .inputs(Map.of("l", java.util.Collections.nCopies(20_000, 1)))
            .begin()
            .ends(WorkflowStatus.State.SUCCEEDED);
    assertThat((List<?>) flow.output("o")).hasSize(20_000);
  }

  @Test
  void a_list_that_is_absent_or_null_or_no_list_is_not_empty() {
    Map<String, Object> inputs = new HashMap<>();
    inputs.put("n", null);
    inputs.put("t", "AAPL");
    for (String items : List.of("inputs.x", "inputs.n", "inputs.t")) {
      Flow flow =
          Flow.of(chain("c", each("s", items, task("a")), task("z"))).inputs(inputs).begin();
      flow.ends(WorkflowStatus.State.FAILED).notStarted("a", "z");
      assertThat(flow.cause("s").message()).contains("for_each.items");
    }
  }

  @Test
  void a_run_of_an_empty_queue_succeeds_at_once() {
    Flow flow = Flow.begun(chain("c", queue("q", "A", WAIT_ALL), task("z")));
    flow.apply(new Happening.QueueTaken(Flow.key("q"), 1, 0));
    flow.is("q", SUCCEEDED);
    assertThat(flow.started()).containsExactly("z");
    assertThat(flow.output("q"))
        .isEqualTo(Map.of("taken", 0, "succeeded", 0, "failed", 0, "cancelled", 0));
  }

  @Test
  void empties_are_not_run_again_by_a_retry() {
    Flow flow = Flow.begun(chain("c", each("s", "[]", task("a")), task("f"))).fail("f").retry();
    assertThat(flow.instances.get(Flow.key("s")).run()).isEqualTo(1);
    flow.succeed("f").ends(WorkflowStatus.State.SUCCEEDED);
  }

  @Test
  void a_failed_list_is_asked_anew_by_a_retry() {
    Flow flow = Flow.of(each("s", "facts.l", task("a"))).begin();
    flow.ends(WorkflowStatus.State.FAILED);
    flow.facts.put("l", Arrays.asList(1, 2));
    flow.retry();
    assertThat(flow.started()).containsExactly("a[0]", "a[1]");
    flow.leaf(Flow.key("a", 0), SUCCEEDED, Optional.empty());
    flow.leaf(Flow.key("a", 1), SUCCEEDED, Optional.empty());
    flow.ends(WorkflowStatus.State.SUCCEEDED);
  }
}
