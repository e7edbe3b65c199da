package io.tasklane.workflow.execution;

import static io.tasklane.workflow.execution.TemplateBench.spec;
import static io.tasklane.workflow.execution.TemplateBench.sub;
import static io.tasklane.workflow.execution.Trees.chain;
import static io.tasklane.workflow.execution.Trees.each;
import static io.tasklane.workflow.execution.Trees.group;
import static io.tasklane.workflow.execution.Trees.task;
import static io.tasklane.workflow.execution.Trees.timer;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.task.Priority;
import io.tasklane.workflow.compile.InvalidDefinitionException;
import io.tasklane.workflow.compile.WorkflowLimits;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.WorkflowDefinition;
import io.tasklane.workflow.state.Cause;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.WorkflowStatus;
import io.tasklane.workflow.template.TemplateReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Workflows as nodes: the node ends as the workflow does, whatever its end is. */
class SubWorkflowTest extends SubWorkflowBench {
  @Test
  void a_node_gives_inputs_to_a_workflow_and_leaves_its_result() throws Exception {
    WorkflowDefinition inner =
        WorkflowDefinition.of(task("x", Map.of("n", "inputs.n", "m", "inputs.m")))
            .withResult("{'twice': outputs.x.n * 2}");
    templates.create("inner", spec(inner, Map.of("n", 1L, "m", 5L), ""));
    Started flow =
        start(
            chain(
                "all",
                task("a"),
                sub("s", "inner", Map.of("n", "outputs.a.n + 1")),
                task("z", Map.of("got", "outputs.s.twice"))));
    assertThat(flow.hasStarted("s")).isFalse();
    flow.succeed("a", "{\"n\":20}");
    templates.nest();

    Started inside = templates.inside(flow, "s");
    assertThat(inside.input("x")).isEqualTo("{\"m\":5,\"n\":21}");
    assertThat(inside.now().details().template()).hasValue(TemplateReference.parse("inner@1"));
    assertThat(inside.now().details().outerWorkflowId()).hasValue(flow.id);
    assertThat(flow.state("s")).isEqualTo(NodeState.RUNNING);
    inside.succeed("x", "{\"n\":21}");
    assertThat(inside.state()).isEqualTo("SUCCEEDED");
    assertThat(flow.input("z")).isEqualTo("{\"got\":42}");
    flow.succeed("z", "1");

    assertThat(flow.state()).isEqualTo("SUCCEEDED");
  }

  @ParameterizedTest
  @EnumSource
  void each_bad_end_is_the_end_of_the_node_under_each_policy(BadEnd end) throws Exception {
    WorkflowDefinition inner =
        new WorkflowDefinition(
            task("x"),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.of(Duration.ofDays(1)));
    templates.create("inner", spec(inner, Map.of(), ""));
    for (FailurePolicy policy : FailurePolicy.values()) {
      Started flow =
          start(chain("all", group("g", policy, sub("s", "inner"), waiting("b")), task("z")));
      Started inside = templates.inside(flow, "s");
      end.of(templates, inside);

      assertThat(flow.state("s")).as("%s", policy).isEqualTo(end.state);
      Cause cause = flow.node("s").cause().orElseThrow();
      assertThat(cause.code()).isEqualTo(end.code);
      if (policy == FailurePolicy.FAIL_FAST) {
        assertThat(flow.state("b")).isEqualTo(NodeState.CANCELLED);
        assertThat(flow.state()).isEqualTo(end.state.name());
      } else {
        flow.decide("b", "user:bob", true);
        assertThat(flow.hasStarted("z")).isEqualTo(policy == FailurePolicy.IGNORE);
      }
      if (policy == FailurePolicy.IGNORE) {
        assertThat(flow.input("z")).startsWith("{\"input\":[null,");
        flow.succeed("z", "1");
        assertThat(flow.state()).isEqualTo("SUCCEEDED");
      } else {
        assertThat(flow.now().status().cause().orElseThrow().code()).isEqualTo(end.code);
        assertThat(flow.state()).isEqualTo(end.state.name());
      }
    }
  }

  @Test
  void versions_are_those_of_the_start_of_the_outermost_however_late_a_node_starts() {
    templates.store("leaf", task("leaf1"));
    templates.store("middle", chain("m", task("w"), sub("l", "leaf")));
    templates.store("fixed", task("fixed1"));
    templates.store("fixed", task("fixed2"));
    Started flow =
        start(chain("all", task("a"), sub("s", "middle"), sub("f", "fixed@1"), task("z")));
    templates.store("leaf", task("leaf2"));
    templates.store("middle", task("other"));

    flow.succeed("a", "1");
    templates.nest();
    Started middle = templates.inside(flow, "s");
    assertThat(middle.now().details().template()).hasValue(TemplateReference.parse("middle@1"));
    middle.succeed("w", "1");
    templates.nest();
    Started leaf = templates.inside(middle, "l");
    assertThat(leaf.now().details().template()).hasValue(TemplateReference.parse("leaf@1"));
    leaf.fail("leaf1");
    leaf.delete();
    middle.delete();
    flow.retry();
    templates.nest();
    assertThat(templates.inside(flow, "s").now().details().template())
        .as("also of a retry, and of what it starts anew")
        .hasValue(TemplateReference.parse("middle@1"));
    Started again = templates.inside(flow, "s");
    again.succeed("w", "1");
    templates.nest();
    templates.inside(again, "l").succeed("leaf1", "1");
    templates.nest();
    assertThat(templates.inside(flow, "f").hasStarted("fixed1")).isTrue();
  }

  @Test
  void a_template_that_is_gone_or_inputs_that_do_not_fit_fail_the_node()
      throws InvalidDefinitionException {
    templates.create("strict", spec(task("x"), Map.of(), "{\"required\":[\"n\"]}"));
    templates.store("gone", task("x"));
    Started flow =
        start(
            chain(
                "all",
                task("a"),
                group("g", FailurePolicy.WAIT_ALL, sub("s", "strict"), sub("t", "gone"))));
    templates.delete("gone", Optional.empty());
    flow.succeed("a", "1");
    templates.nest();

    assertThat(flow.state()).isEqualTo("FAILED");
    assertThat(flow.node("s").cause().orElseThrow().code()).isEqualTo("INPUT_SCHEMA");
    assertThat(flow.node("t").cause().orElseThrow().code()).isEqualTo("TEMPLATE_UNKNOWN");
    assertThat(bench.count("workflow")).isOne();
  }

  /** A circle over an old version passes the check of the newest ones, and so needs a bound. */
  @Test
  void workflows_nest_only_so_deep() {
    templates.store("u", task("x"));
    templates.store("t", sub("s", "u"));
    templates.store("t", task("x"));
    templates.store("u", sub("s", "t@1"));

    Started flow = templates.start("u", Map.of());
    templates.nest();

    assertThat(flow.state()).isEqualTo("FAILED");
    assertThat(flow.now().status().cause().orElseThrow().code()).isEqualTo("NESTING_TOO_DEEP");
    assertThat(bench.count("workflow")).isEqualTo(1 + WorkflowLimits.MAX_NESTING);
  }

  @Test
  void copies_keep_their_places_and_are_started_a_few_at_a_time() {
    templates.store("inner", task("x", Map.of("i", "inputs.i")));
    int copies = StartNestedWorkflows.BATCH + 7;
    List<Object> items = IntStream.range(0, copies).<Object>mapToObj(Long::valueOf).toList();
    Started flow =
        bench.start(
            chain("all", each("e", "inputs.s", sub("s", "inner", Map.of("i", "item"))), task("z")),
            Map.of("s", items));
    assertThat(bench.submit(templates.starts, StartNestedWorkflows.BATCH))
        .isEqualTo(StartNestedWorkflows.BATCH);
    assertThat(bench.count("workflow")).isEqualTo(1 + StartNestedWorkflows.BATCH);
    templates.nest();
    for (int i = copies - 1; i >= 0; i--) {
      Started inside = templates.inside(flow, "s", i);
      assertThat(inside.input("x")).isEqualTo("{\"i\":" + i + "}");
      inside.succeed("x", String.valueOf(i));
    }
    assertThat(flow.input("z")).isEqualTo("{\"input\":" + items.toString().replace(" ", "") + "}");
  }

  @Test
  void a_workflow_without_a_task_and_one_that_fails_at_once_end_their_nodes() {
    templates.store("empty", each("e", "[]", task("x")));
    templates.store("wrong", each("e", "inputs.absent", task("x")));
    templates.store("due", timer("t", Duration.ZERO));
    Started flow =
        start(
            chain(
                "all",
                sub("e", "empty"),
                sub("d", "due"),
                sub("w", "wrong").onFailure(task("mend")),
                task("z")));
    assertThat(flow.state("e")).isEqualTo(NodeState.SUCCEEDED);
    assertThat(flow.state("d")).isEqualTo(NodeState.SUCCEEDED);
    assertThat(flow.input("mend")).contains("EXPRESSION");
  }

  @Test
  void tasks_have_the_priority_of_the_template_else_of_the_workflow_around()
      throws InvalidDefinitionException {
    templates.store("plain", task("x"));
    templates.create("own", spec(urgent(task("x"), 9), Map.of(), ""));
    templates.create(
        "outer",
        spec(
            urgent(group("g", FailurePolicy.WAIT_ALL, sub("p", "plain"), sub("o", "own")), 2),
            Map.of(),
            ""));
    Started flow = templates.start("outer", Map.of());
    templates.nest();
    assertThat(templates.inside(flow, "p").task("x").priority()).isEqualTo(new Priority(2));
    assertThat(templates.inside(flow, "o").task("x").priority()).isEqualTo(new Priority(9));
  }

  @Test
  void a_time_limit_of_the_outer_one_cancels_what_is_inside() {
    templates.store("inner", task("x"));
    WorkflowDefinition limited =
        new WorkflowDefinition(
            sub("s", "inner"),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.of(Duration.ofMillis(1)));
    Started flow = bench.start(WorkflowBench.request(limited, Map.of()));
    templates.nest();
    Started inside = templates.inside(flow, "s");
    WorkflowStatus.State before = inside.now().status().state();
    bench.submit(bench.timers(), 100);

    assertThat(before).isEqualTo(WorkflowStatus.State.RUNNING);
    assertThat(inside.state()).isEqualTo("CANCELLED");
    assertThat(flow.state()).isEqualTo("FAILED");
    assertThat(flow.now().status().cause().orElseThrow().code()).isEqualTo("WORKFLOW_TIMEOUT");
  }
}
