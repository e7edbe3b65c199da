package io.tasklane.workflow.run;

import static io.tasklane.workflow.definition.FailurePolicy.*;
import static io.tasklane.workflow.run.Nodes.*;
import static io.tasklane.workflow.state.NodeState.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.workflow.decision.Action;
import io.tasklane.workflow.decision.TaskStart;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.TaskExpressions;
import io.tasklane.workflow.definition.WorkflowDefinition;
import io.tasklane.workflow.state.WorkflowStatus;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResultsAndInputsTest {
  @Test
  void results_come_in_the_order_of_the_list_whatever_ends_first() {
    WorkflowTester workflow = WorkflowTester.begun(each("e", "[5, 4, 3, 2, 1]", task("a")));
    for (int i = 4; i >= 0; i--) {
      workflow.give("a", 5 - i, i);
    }
    assertThat(workflow.output("e")).isEqualTo(List.of(5, 4, 3, 2, 1));
  }

  @Test
  void copy_ten_stands_after_copy_two() {
    WorkflowTester workflow =
        WorkflowTester.begun(each("e", "[0,1,2,3,4,5,6,7,8,9,10,11]", 1, 3, WAIT_ALL, task("a")));
    int[] order = {2, 0, 1, 5, 4, 3, 8, 6, 7, 10, 11, 9};
    IntStream.of(order).forEach(i -> workflow.give("a", i, i));
    assertThat(workflow.output("e")).isEqualTo(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
  }

  @Test
  void a_hole_stays_a_hole_and_a_retried_member_keeps_its_place() {
    WorkflowTester workflow =
        WorkflowTester.begun(group("g", IGNORE, task("a"), task("f"), task("c")));
    workflow.give("c", 3).fail("f").give("a", 1);
    assertThat(workflow.output("g")).isEqualTo(Arrays.asList(1, null, 3));
    WorkflowTester retried =
        WorkflowTester.begun(group("g", WAIT_ALL, task("a"), task("f"), task("c")));
    retried.give("c", 3).fail("f").give("a", 1).retry().give("f", 2);
    assertThat(retried.output("g")).isEqualTo(List.of(1, 2, 3));
  }

  @Test
  void eighty_one_symbols_by_two_are_forty_one_tasks() {
    WorkflowTester workflow =
        WorkflowTester.of(
                each(
                    "e",
                    "inputs.symbols",
                    2,
                    0,
                    WAIT_ALL,
                    task("a", Map.of("symbols", "item", "n", "index"))))
            .inputs(Map.of("symbols", IntStream.range(0, 81).mapToObj(i -> "S" + i).toList()))
            .begin();
    assertThat(workflow.started()).hasSize(41);
    assertThat(workflow.start("a", 1).input())
        .isEqualTo(Map.of("symbols", List.of("S2", "S3"), "n", 1L));
    assertThat(workflow.start("a", 40).input())
        .isEqualTo(Map.of("symbols", List.of("S80"), "n", 40L));
  }

  @Test
  void a_chain_passes_the_output_before_unless_the_input_is_computed() {
    WorkflowTester workflow =
        WorkflowTester.begun(
            chain(
                "c",
                task("a"),
                group("g", WAIT_ALL, task("b"), task("d", Map.of("k", "outputs.a + 1"))),
                task("z")));
    assertThat(workflow.start("a").passed()).isEmpty();
    workflow.give("a", 41);
    assertThat(workflow.start("b").passed().map(workflow::value)).contains(41);
    assertThat(workflow.start("d").passed()).isEmpty();
    assertThat(workflow.start("d").input()).isEqualTo(Map.of("k", 42L));
    workflow.succeed("b", "d");
    assertThat(workflow.start("z").passed().map(workflow::value)).contains(List.of("b!", "d!"));
  }

  @Test
  void priority_key_labels_and_time_may_be_computed() {
    TaskExpressions computed =
        new TaskExpressions(
            Map.of(),
            Optional.of("inputs.urgent ? 9 : 3"),
            Optional.of("inputs.account"),
            Map.of("desk", "'D' + string(facts.desk)"),
            Optional.of("timestamp('2026-11-30T14:30:00Z') + duration('5m')"));
    WorkflowTester workflow = WorkflowTester.of(task("a", computed));
    workflow.facts.put("desk", 7.0);
    TaskStart start = workflow.inputs(Map.of("urgent", true, "account", "DU1")).begin().start("a");
    assertThat(start.priority().value()).isEqualTo(9);
    assertThat(start.orderingKey()).contains("DU1");
    assertThat(start.labels()).isEqualTo(Map.of("desk", "D7"));
    assertThat(start.runAfter()).contains(java.time.Instant.parse("2026-11-30T14:35:00Z"));
  }

  @Test
  void a_computed_priority_out_of_range_fails_the_node() {
    TaskExpressions computed =
        new TaskExpressions(
            Map.of(), Optional.of("11"), Optional.empty(), Map.of(), Optional.empty());
    WorkflowTester workflow =
        WorkflowTester.begun(task("a", computed)).ends(WorkflowStatus.State.FAILED);
    assertThat(workflow.cause("a").message()).contains("11 is not allowed: 1 to 10 are");
  }

  @Test
  void an_expression_sees_the_member_whose_end_it_follows() {
    WorkflowTester workflow =
        WorkflowTester.begun(
            chain(
                "c",
                Nodes.group("g", FailurePolicy.WAIT_ALL, task("a"), chain("d", task("b"))),
                task("z", Map.of("all", "outputs.g"))));
    workflow.succeed("a", "b");
    assertThat(workflow.start("z").input()).isEqualTo(Map.of("all", List.of("a!", "b!")));
  }

  @Test
  void the_result_is_that_of_the_expression_or_of_the_root() {
    WorkflowTester plain = WorkflowTester.begun(chain("c", task("a"), task("b"))).succeed("a", "b");
    assertThat(plain.value(plain.status.result())).isEqualTo("b!");
    WorkflowTester computed =
        new WorkflowTester(
                WorkflowDefinition.of(chain("c", task("a"), task("b")))
                    .withResult("{'n': outputs.a}"))
            .begin();
    computed.succeed("a", "b");
    assertThat(computed.value(computed.status.result())).isEqualTo(Map.of("n", "a!"));
    WorkflowTester wrong =
        new WorkflowTester(WorkflowDefinition.of(task("a")).withResult("outputs.a.x"))
            .begin()
            .succeed("a");
    wrong.ends(WorkflowStatus.State.FAILED);
    assertThat(wrong.status.cause().orElseThrow().message()).contains("result_expression: line 1");
  }

  @Test
  void a_member_costs_the_same_among_a_hundred_and_among_ten_thousand() {
    assertThat(costOfOne(100)).isEqualTo(costOfOne(10_000));
  }

  @Test
  void inputs_are_converted_once_for_all_the_expressions_that_a_decision_evaluates() {
    AtomicInteger walks = new AtomicInteger();
    Map<String, Object> inputs =
        new AbstractMap<>() {
          @Override
          public Set<Entry<String, Object>> entrySet() {
            walks.incrementAndGet();
            return Map.<String, Object>of("l", List.of(1, 2, 3), "k", "v").entrySet();
          }
        };
    WorkflowTester workflow =
        WorkflowTester.of(
            each("e", "inputs.l", task("a", Map.of("k", "inputs.k", "j", "inputs.k"))));
    workflow.inputs(inputs).begin();
    assertThat(workflow.started()).hasSize(3);
    assertThat(walks).hasValue(1);
  }

  private static List<Integer> costOfOne(int copies) {
    WorkflowTester workflow =
        WorkflowTester.of(each("e", "inputs.l", task("a")))
            .inputs(Map.of("l", java.util.Collections.nCopies(copies, 1)))
            .begin();
    workflow.give("a", 1, copies / 2);
    return List.of(workflow.touched, workflow.lookups);
  }

  @Test
  void more_copies_than_are_allowed_fail_at_once_with_a_code() {
    WorkflowTester workflow =
        WorkflowTester.of(each("e", "inputs.l", task("a")))
            .inputs(Map.of("l", java.util.Collections.nCopies(100_001, 1)))
            .begin()
            .ends(WorkflowStatus.State.FAILED);
    assertThat(workflow.cause("e").code()).isEqualTo("TOO_MANY_COPIES");
  }

  @Test
  void a_sub_workflow_is_a_node_with_inputs_and_an_output() {
    WorkflowTester workflow =
        WorkflowTester.of(chain("c", sub("s", "eod", Map.of("day", "inputs.day")), task("z")));
    workflow.inputs(Map.of("day", "MON")).begin();
    Action.StartWorkflow start = (Action.StartWorkflow) workflow.actions.get(0);
    assertThat(start.inputs()).isEqualTo(Map.of("day", "MON"));
    workflow.give("s", 5);
    assertThat(workflow.start("z").passed().map(workflow::value)).contains(5);
  }
}
