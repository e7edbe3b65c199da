package io.tasklane.workflow.execution;

import static io.tasklane.workflow.execution.TemplateBench.sub;
import static io.tasklane.workflow.execution.Trees.chain;
import static io.tasklane.workflow.execution.Trees.each;
import static io.tasklane.workflow.execution.Trees.group;
import static io.tasklane.workflow.execution.Trees.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.state.NodeState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cancel, pause, resume and retry reach the workflows that nodes have started. */
class NestedSteeringTest extends SubWorkflowBench {
  @Test
  void a_failure_says_whose_it_is_and_a_cancel_who_did_it() {
    templates.store("inner", task("x"));
    Started failed = start(sub("s", "inner").onFailure(task("mend")));
    Started inside = templates.inside(failed, "s");
    inside.fail("x");
    assertThat(failed.input("mend")).contains("\"code\":\"BROKEN\"", "workflows/" + inside.id);
    Started cancelled = start(sub("s", "inner"));
    templates.inside(cancelled, "s").cancel();
    assertThat(cancelled.now().status().cause().orElseThrow().actor()).hasValue(WorkflowBench.ANN);
  }

  @Test
  void a_cancel_reaches_down_through_all_levels() {
    templates.store("leaf", task("x"));
    templates.store("middle", group("g", FailurePolicy.WAIT_ALL, sub("a", "leaf"), task("y")));
    Started flow = start(chain("all", sub("s", "middle"), task("z")));
    Started middle = templates.inside(flow, "s");
    Started leaf = templates.inside(middle, "a");

    flow.cancel();

    for (Started each : List.of(flow, middle, leaf)) {
      assertThat(each.state()).isEqualTo("CANCELLED");
      assertThat(each.now().cancelActor()).hasValue(WorkflowBench.ANN);
    }
    assertThat(leaf.task("x").state().name()).isEqualTo("CANCELLED");
    assertThat(flow.hasStarted("z")).isFalse();
  }

  @Test
  void what_has_not_started_is_withdrawn() {
    templates.store("inner", task("x"));
    Started flow = bench.start(sub("s", "inner"));
    assertThat(bench.count("workflow_start")).isOne();
    flow.cancel();

    assertThat(flow.state()).isEqualTo("CANCELLED");
    assertThat(bench.count("workflow_start")).isZero();
    templates.nest();
    assertThat(bench.count("workflow")).isOne();
  }

  @Test
  void a_pause_and_a_resume_reach_down() {
    templates.store("inner", chain("c", task("x"), task("y")));
    Started flow =
        start(
            group(
                "g",
                FailurePolicy.WAIT_ALL,
                sub("s", "inner"),
                chain("d", task("b"), sub("t", "inner"))));
    Started inside = templates.inside(flow, "s");
    bench.claimAll();
    flow.pause();
    assertThat(inside.now().status().paused()).isTrue();
    inside.succeed("x", "1");
    assertThat(inside.state("y")).isEqualTo(NodeState.PAUSED);
    flow.resume();
    assertThat(inside.now().status().paused()).isFalse();
    assertThat(inside.state("y")).isEqualTo(NodeState.RUNNING);

    flow.succeed("b", "1");
    flow.pause();
    templates.nest();
    Started late = templates.inside(flow, "t");
    assertThat(late.now().status().paused()).isTrue();
    assertThat(late.state("c")).isEqualTo(NodeState.PAUSED);
    flow.resume();
    assertThat(late.state("x")).isEqualTo(NodeState.RUNNING);
  }

  @Test
  void a_retry_runs_again_only_what_did_not_succeed_inside() {
    templates.store("inner", chain("c", task("x"), task("y")));
    Started flow = start(chain("all", task("a"), sub("s", "inner"), task("z")));
    flow.succeed("a", "1");
    templates.nest();
    Started inside = templates.inside(flow, "s");
    inside.succeed("x", "1");
    inside.fail("y");
    assertThat(flow.state()).isEqualTo("FAILED");
    String kept = inside.task("x").taskId();
    String failed = inside.task("y").taskId();

    flow.retry();
    templates.nest();

    assertThat(templates.inside(flow, "s").id).isEqualTo(inside.id);
    assertThat(inside.state()).isEqualTo("RUNNING");
    assertThat(inside.task("x").taskId()).isEqualTo(kept);
    assertThat(inside.task("y").taskId()).isNotEqualTo(failed);
    inside.succeed("y", "2");
    assertThat(flow.input("z")).isEqualTo("{\"input\":2}");
    assertThat(flow.state("s")).isEqualTo(NodeState.SUCCEEDED);
    assertThat(bench.count("workflow")).isEqualTo(2);
  }

  @Test
  void a_retry_takes_over_what_somebody_has_mended_by_hand() {
    templates.store("inner", task("x"));
    Started flow = start(chain("all", sub("s", "inner"), task("z")));
    Started inside = templates.inside(flow, "s");
    inside.fail("x");
    inside.retry();
    assertThat(flow.state()).isEqualTo("FAILED");
    flow.retry();
    templates.nest();
    assertThat(flow.state("s")).isEqualTo(NodeState.RUNNING);
    inside.succeed("x", "1");
    assertThat(flow.input("z")).isEqualTo("{\"input\":1}");

    flow.fail("z");
    Started other = start(chain("all", sub("s", "inner"), task("z")));
    Started mended = templates.inside(other, "s");
    mended.fail("x");
    mended.retry();
    mended.succeed("x", "3");
    other.retry();
    templates.nest();
    assertThat(other.input("z")).isEqualTo("{\"input\":3}");
  }

  @Test
  void a_retry_starts_another_where_the_first_was_deleted() {
    templates.store("inner", task("x"));
    Started flow = start(sub("s", "inner"));
    Started inside = templates.inside(flow, "s");
    inside.fail("x");
    inside.delete();
    flow.retry();
    templates.nest();
    assertThat(templates.inside(flow, "s").id).isNotEqualTo(inside.id);
    templates.inside(flow, "s").succeed("x", "1");
    assertThat(flow.state()).isEqualTo("SUCCEEDED");
  }
}
