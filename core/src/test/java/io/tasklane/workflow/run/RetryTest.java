package io.tasklane.workflow.run;

import static io.tasklane.workflow.definition.FailurePolicy.*;
import static io.tasklane.workflow.run.NodeState.*;
import static io.tasklane.workflow.run.Tree.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.definition.EventWait.OnTimeout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetryTest {
  @Test
  void a_retry_runs_what_did_not_succeed_and_what_comes_after_it_and_nothing_else() {
    Flow flow =
        Flow.begun(
            chain(
                "w",
                task("a"),
                group("g", WAIT_ALL, task("b"), task("f")),
                cond("c", "true", task("y"), task("n")),
                task("z")));
    flow.succeed("a", "b").fail("f").notStarted("y", "n", "z").ends(WorkflowStatus.State.FAILED);
    flow.retry();
    assertThat(flow.started()).containsExactly("f");
    assertThat(flow.run(Flow.key("a"))).isEqualTo(1);
    assertThat(flow.run(Flow.key("b"))).isEqualTo(1);
    assertThat(flow.run(Flow.key("f"))).isEqualTo(2);
    flow.succeed("f", "y").notStarted("n").succeed("z").ends(WorkflowStatus.State.SUCCEEDED);
    assertThat(flow.status.cause()).isEmpty();
  }

  @Test
  void a_retry_of_a_retry_goes_on_where_the_first_one_failed() {
    Flow flow = Flow.begun(chain("w", task("a"), task("b"), task("c"))).succeed("a").fail("b");
    flow.retry().fail("b").retry().succeed("b").fail("c").retry();
    assertThat(flow.started()).containsExactly("c");
    flow.succeed("c").ends(WorkflowStatus.State.SUCCEEDED);
    assertThat(flow.run(Flow.key("a"))).isEqualTo(1);
    assertThat(flow.run(Flow.key("b"))).isEqualTo(3);
  }

  @Test
  void a_part_is_retried_and_the_rest_still_counts() {
    Flow flow = Flow.begun(group("g", WAIT_ALL, task("f"), task("h"))).fail("f").fail("h");
    flow.retry(Flow.key("f"));
    assertThat(flow.started()).containsExactly("f");
    flow.succeed("f").ends(WorkflowStatus.State.FAILED);
    flow.retry().succeed("h").ends(WorkflowStatus.State.SUCCEEDED);
  }

  @Test
  void a_condition_keeps_its_answer_and_one_that_was_not_asked_is_asked_anew() {
    Flow flow =
        Flow.of(
            chain(
                "w", cond("no", "facts.f", task("x")), task("a"), cond("c", "facts.f", task("y"))));
    flow.facts.put("f", false);
    flow.begin().fail("a");
    flow.facts.put("f", true);
    flow.retry().succeed("a").notStarted("x").succeed("y").ends(WorkflowStatus.State.SUCCEEDED);
  }

  @Test
  void a_wait_that_timed_out_waits_anew_and_its_old_timer_touches_nothing() {
    Flow flow = Flow.begun(chain("w", await("e", "acc.go"), task("z"))).timer("e");
    flow.ends(WorkflowStatus.State.FAILED).retry();
    assertThat(flow.actions).hasSize(2);
    flow.apply(new Happening.TimerDue(Flow.key("e"), 1)).is("e", RUNNING);
    flow.apply(new Happening.EventArrived(Flow.key("e"), 1, Map.of())).is("e", RUNNING);
    flow.event("e", Map.of("n", 1)).succeed("z").ends(WorkflowStatus.State.SUCCEEDED);
  }

  @Test
  void good_copies_are_kept_with_the_same_list() {
    Flow flow = Flow.of(each("e", "facts.l", task("a")));
    flow.facts.put("l", List.of("x", "y", "z"));
    flow.begin().give("a", 1, 0).fail("a", 1).give("a", 3, 2);
    flow.facts.put("l", List.of());
    flow.retry();
    assertThat(flow.started()).containsExactly("a[1]");
    assertThat(flow.start("a", 1).passed().map(flow::value)).contains("y");
    flow.give("a", 2, 1);
    assertThat(flow.output("e")).isEqualTo(List.of(1, 2, 3));
  }

  @Test
  void what_was_open_or_had_not_begun_at_a_cancel_runs() {
    Flow flow =
        Flow.begun(group("g", WAIT_ALL, 2, task("a"), timer("t"), task("c"))).succeed("a").cancel();
    flow.cancelTask("c").ends(WorkflowStatus.State.CANCELLED).retry();
    flow.timer("t").succeed("c").ends(WorkflowStatus.State.SUCCEEDED);
    assertThat(flow.run(Flow.key("a"))).isEqualTo(1);
  }

  @Test
  void a_retry_that_was_cancelled_can_be_retried() {
    Flow flow =
        Flow.begun(each("e", "[1, 2, 3]", 1, 1, WAIT_ALL, task("a")))
            .fail("a", 0)
            .fail("a", 1)
            .fail("a", 2);
    flow.retry().cancel().cancelTask("a", 0).ends(WorkflowStatus.State.CANCELLED).retry();
    flow.give("a", 1, 0).give("a", 2, 1).give("a", 3, 2).ends(WorkflowStatus.State.SUCCEEDED);
  }

  @Test
  void what_such_a_retry_had_not_reached_is_not_left_out() {
    Flow flow = Flow.begun(each("e", "[1, 2]", 1, 1, WAIT_ALL, chain("c", task("a"), task("b"))));
    flow.give("a", 1, 0).fail("b", 0).give("a", 2, 1).fail("b", 1);
    flow.retry().cancel().cancelTask("b", 0).ends(WorkflowStatus.State.CANCELLED).retry();
    flow.give("b", "one", 0);
    assertThat(flow.started()).containsExactly("b[1]");
    flow.give("b", "two", 1).ends(WorkflowStatus.State.SUCCEEDED);
    assertThat(flow.output("e")).isEqualTo(List.of("one", "two"));
  }

  @Test
  void a_branch_for_failures_starts_anew_and_forgets_what_it_did() {
    Flow flow = Flow.begun(task("a").onFailure(chain("h", task("one"), task("two")))).fail("a");
    flow.succeed("one").fail("two").ends(WorkflowStatus.State.FAILED).retry();
    assertThat(flow.started()).containsExactly("a");
    flow.notStarted("h", "one", "two").fail("a");
    assertThat(flow.started()).containsExactly("one");
  }

  @Test
  void a_timer_of_an_earlier_run_of_the_branch_touches_nothing() {
    Flow flow =
        Flow.begun(task("a").onFailure(chain("h", await("e", "acc.go"), task("two")))).fail("a");
    flow.event("e", Map.of()).fail("two").ends(WorkflowStatus.State.FAILED).retry().fail("a");
    flow.apply(new Happening.TimerDue(Flow.key("e"), 1)).is("e", RUNNING);
    flow.event("e", Map.of()).succeed("two").ends(WorkflowStatus.State.SUCCEEDED);
  }

  @Test
  void a_queue_run_retries_its_own_tasks() {
    Flow flow = Flow.begun(queue("q", "A", WAIT_ALL));
    flow.apply(new Happening.QueueTaken(Flow.key("q"), 1, 3));
    for (NodeState end : List.of(SUCCEEDED, FAILED, SUCCEEDED)) {
      flow.apply(
          new Happening.QueueTaskEnded(
              Flow.key("q"),
              1,
              end,
              end.isBad() ? Optional.of(Cause.permanent("X", "")) : Optional.empty()));
    }
    flow.ends(WorkflowStatus.State.FAILED).retry();
    assertThat(flow.actions).containsExactly(new Action.TakeQueue(Flow.key("q"), 2, "A", true));
    flow.apply(new Happening.QueueTaken(Flow.key("q"), 2, 1));
    flow.apply(new Happening.QueueTaskEnded(Flow.key("q"), 2, SUCCEEDED, Optional.empty()));
    assertThat(flow.output("q"))
        .isEqualTo(Map.of("taken", 3, "succeeded", 3, "failed", 0, "cancelled", 0));
  }

  @Test
  void a_running_or_succeeded_workflow_and_a_good_node_are_refused() {
    Flow running = Flow.begun(task("a"));
    assertThat(refusal(running)).isEqualTo(RefusedException.Reason.WORKFLOW_NOT_ENDED);
    assertThat(refusal(running.succeed("a"))).isEqualTo(RefusedException.Reason.NOTHING_TO_RETRY);
    Flow failed = Flow.begun(chain("w", task("a"), task("f"))).succeed("a").fail("f");
    assertThat(refusal(failed, Flow.key("a"))).isEqualTo(RefusedException.Reason.NOTHING_TO_RETRY);
    assertThat(refusal(failed, Flow.key("zzz")))
        .isEqualTo(RefusedException.Reason.NOTHING_TO_RETRY);
    Flow ignored = Flow.begun(chain("w", group("g", IGNORE, task("x")), task("f")));
    ignored.fail("x").fail("f");
    assertThat(refusal(ignored, Flow.key("x"))).isEqualTo(RefusedException.Reason.NOTHING_TO_RETRY);
    failed.retry();
    assertThat(refusal(failed)).isEqualTo(RefusedException.Reason.WORKFLOW_NOT_ENDED);
  }

  @Test
  void an_approval_that_was_not_given_in_time_is_asked_for_again() {
    Flow flow = Flow.begun(approval("p", 2, OnTimeout.FAIL));
    flow.apply(new Happening.Decided(Flow.key("p"), Flow.ALICE, true)).timer("p");
    flow.ends(WorkflowStatus.State.FAILED).retry();
    flow.apply(new Happening.Decided(Flow.key("p"), Flow.ALICE, true)).is("p", RUNNING);
  }

  private static RefusedException.Reason refusal(Flow flow, NodeKey... nodes) {
    return catchThrowableOfType(
            RefusedException.class, () -> flow.ask(new Happening.RetryRequested(Set.of(nodes))))
        .reason();
  }
}
