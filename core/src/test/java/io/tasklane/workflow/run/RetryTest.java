package io.tasklane.workflow.run;

import static io.tasklane.workflow.definition.FailurePolicy.*;
import static io.tasklane.workflow.run.Nodes.*;
import static io.tasklane.workflow.state.NodeState.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.decision.Action;
import io.tasklane.workflow.decision.RefusedException;
import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.definition.EventWait.OnTimeout;
import io.tasklane.workflow.state.Cause;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.WorkflowStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetryTest {
  @Test
  void a_retry_runs_what_did_not_succeed_and_what_comes_after_it_and_nothing_else() {
    WorkflowTester workflow =
        WorkflowTester.begun(
            chain(
                "w",
                task("a"),
                group("g", WAIT_ALL, task("b"), task("f")),
                cond("c", "true", task("y"), task("n")),
                task("z")));
    workflow
        .succeed("a", "b")
        .fail("f")
        .notStarted("y", "n", "z")
        .ends(WorkflowStatus.State.FAILED);
    workflow.retry();
    assertThat(workflow.started()).containsExactly("f");
    assertThat(workflow.run(WorkflowTester.key("a"))).isEqualTo(1);
    assertThat(workflow.run(WorkflowTester.key("b"))).isEqualTo(1);
    assertThat(workflow.run(WorkflowTester.key("f"))).isEqualTo(2);
    workflow.succeed("f", "y").notStarted("n").succeed("z").ends(WorkflowStatus.State.SUCCEEDED);
    assertThat(workflow.status.cause()).isEmpty();
  }

  @Test
  void a_retry_of_a_retry_goes_on_where_the_first_one_failed() {
    WorkflowTester workflow =
        WorkflowTester.begun(chain("w", task("a"), task("b"), task("c"))).succeed("a").fail("b");
    workflow.retry().fail("b").retry().succeed("b").fail("c").retry();
    assertThat(workflow.started()).containsExactly("c");
    workflow.succeed("c").ends(WorkflowStatus.State.SUCCEEDED);
    assertThat(workflow.run(WorkflowTester.key("a"))).isEqualTo(1);
    assertThat(workflow.run(WorkflowTester.key("b"))).isEqualTo(3);
  }

  @Test
  void a_part_is_retried_and_the_rest_still_counts() {
    WorkflowTester workflow =
        WorkflowTester.begun(group("g", WAIT_ALL, task("f"), task("h"))).fail("f").fail("h");
    workflow.retry(WorkflowTester.key("f"));
    assertThat(workflow.started()).containsExactly("f");
    workflow.succeed("f").ends(WorkflowStatus.State.FAILED);
    workflow.retry().succeed("h").ends(WorkflowStatus.State.SUCCEEDED);
  }

  @Test
  void a_condition_keeps_its_answer_and_one_that_was_not_asked_is_asked_anew() {
    WorkflowTester workflow =
        WorkflowTester.of(
            chain(
                "w", cond("no", "facts.f", task("x")), task("a"), cond("c", "facts.f", task("y"))));
    workflow.facts.put("f", false);
    workflow.begin().fail("a");
    workflow.facts.put("f", true);
    workflow.retry().succeed("a").notStarted("x").succeed("y").ends(WorkflowStatus.State.SUCCEEDED);
  }

  @Test
  void a_wait_that_timed_out_waits_anew_and_its_old_timer_touches_nothing() {
    WorkflowTester workflow =
        WorkflowTester.begun(chain("w", await("e", "acc.go"), task("z"))).timer("e");
    workflow.ends(WorkflowStatus.State.FAILED).retry();
    assertThat(workflow.actions).hasSize(2);
    workflow.apply(new WorkflowEvent.TimerFired(WorkflowTester.key("e"), 1)).is("e", RUNNING);
    workflow
        .apply(new WorkflowEvent.EventReceived(WorkflowTester.key("e"), 1, Map.of()))
        .is("e", RUNNING);
    workflow.event("e", Map.of("n", 1)).succeed("z").ends(WorkflowStatus.State.SUCCEEDED);
  }

  @Test
  void good_copies_are_kept_with_the_same_list() {
    WorkflowTester workflow = WorkflowTester.of(each("e", "facts.l", task("a")));
    workflow.facts.put("l", List.of("x", "y", "z"));
    workflow.begin().give("a", 1, 0).fail("a", 1).give("a", 3, 2);
    workflow.facts.put("l", List.of());
    workflow.retry();
    assertThat(workflow.started()).containsExactly("a[1]");
    assertThat(workflow.start("a", 1).passed().map(workflow::value)).contains("y");
    workflow.give("a", 2, 1);
    assertThat(workflow.output("e")).isEqualTo(List.of(1, 2, 3));
  }

  @Test
  void what_was_open_or_had_not_begun_at_a_cancel_runs() {
    WorkflowTester workflow =
        WorkflowTester.begun(group("g", WAIT_ALL, 2, task("a"), timer("t"), task("c")))
            .succeed("a")
            .cancel();
    workflow.cancelTask("c").ends(WorkflowStatus.State.CANCELLED).retry();
    workflow.timer("t").succeed("c").ends(WorkflowStatus.State.SUCCEEDED);
    assertThat(workflow.run(WorkflowTester.key("a"))).isEqualTo(1);
  }

  @Test
  void a_retry_that_was_cancelled_can_be_retried() {
    WorkflowTester workflow =
        WorkflowTester.begun(each("e", "[1, 2, 3]", 1, 1, WAIT_ALL, task("a")))
            .fail("a", 0)
            .fail("a", 1)
            .fail("a", 2);
    workflow.retry().cancel().cancelTask("a", 0).ends(WorkflowStatus.State.CANCELLED).retry();
    workflow.give("a", 1, 0).give("a", 2, 1).give("a", 3, 2).ends(WorkflowStatus.State.SUCCEEDED);
  }

  @Test
  void what_such_a_retry_had_not_reached_is_not_left_out() {
    WorkflowTester workflow =
        WorkflowTester.begun(each("e", "[1, 2]", 1, 1, WAIT_ALL, chain("c", task("a"), task("b"))));
    workflow.give("a", 1, 0).fail("b", 0).give("a", 2, 1).fail("b", 1);
    workflow.retry().cancel().cancelTask("b", 0).ends(WorkflowStatus.State.CANCELLED).retry();
    workflow.give("b", "one", 0);
    assertThat(workflow.started()).containsExactly("b[1]");
    workflow.give("b", "two", 1).ends(WorkflowStatus.State.SUCCEEDED);
    assertThat(workflow.output("e")).isEqualTo(List.of("one", "two"));
  }

  @Test
  void a_branch_for_failures_starts_anew_and_forgets_what_it_did() {
    WorkflowTester workflow =
        WorkflowTester.begun(task("a").onFailure(chain("h", task("one"), task("two")))).fail("a");
    workflow.succeed("one").fail("two").ends(WorkflowStatus.State.FAILED).retry();
    assertThat(workflow.started()).containsExactly("a");
    workflow.notStarted("h", "one", "two").fail("a");
    assertThat(workflow.started()).containsExactly("one");
  }

  @Test
  void a_timer_of_an_earlier_run_of_the_branch_touches_nothing() {
    WorkflowTester workflow =
        WorkflowTester.begun(task("a").onFailure(chain("h", await("e", "acc.go"), task("two"))))
            .fail("a");
    workflow.event("e", Map.of()).fail("two").ends(WorkflowStatus.State.FAILED).retry().fail("a");
    workflow.apply(new WorkflowEvent.TimerFired(WorkflowTester.key("e"), 1)).is("e", RUNNING);
    workflow.event("e", Map.of()).succeed("two").ends(WorkflowStatus.State.SUCCEEDED);
  }

  @Test
  void a_queue_run_retries_its_own_tasks() {
    WorkflowTester workflow = WorkflowTester.begun(queue("q", "A", WAIT_ALL));
    workflow.apply(new WorkflowEvent.QueueTaken(WorkflowTester.key("q"), 1, 3));
    for (NodeState end : List.of(SUCCEEDED, FAILED, SUCCEEDED)) {
      workflow.apply(
          new WorkflowEvent.QueueTaskCompleted(
              WorkflowTester.key("q"),
              1,
              end,
              end.isBad() ? Optional.of(Cause.permanent("X", "")) : Optional.empty()));
    }
    workflow.ends(WorkflowStatus.State.FAILED).retry();
    assertThat(workflow.actions)
        .containsExactly(new Action.TakeQueue(WorkflowTester.key("q"), 2, "A", true));
    workflow.apply(new WorkflowEvent.QueueTaken(WorkflowTester.key("q"), 2, 1));
    workflow.apply(
        new WorkflowEvent.QueueTaskCompleted(
            WorkflowTester.key("q"), 2, SUCCEEDED, Optional.empty()));
    assertThat(workflow.output("q"))
        .isEqualTo(Map.of("total", 3, "succeeded", 3, "failed", 0, "cancelled", 0));
  }

  @Test
  void a_running_or_succeeded_workflow_and_a_good_node_are_refused() {
    WorkflowTester running = WorkflowTester.begun(task("a"));
    assertThat(refusal(running)).isEqualTo(RefusedException.Reason.WORKFLOW_NOT_ENDED);
    assertThat(refusal(running.succeed("a"))).isEqualTo(RefusedException.Reason.NOTHING_TO_RETRY);
    WorkflowTester failed =
        WorkflowTester.begun(chain("w", task("a"), task("f"))).succeed("a").fail("f");
    assertThat(refusal(failed, WorkflowTester.key("a")))
        .isEqualTo(RefusedException.Reason.NOTHING_TO_RETRY);
    assertThat(refusal(failed, WorkflowTester.key("zzz")))
        .isEqualTo(RefusedException.Reason.NOTHING_TO_RETRY);
    WorkflowTester ignored =
        WorkflowTester.begun(chain("w", group("g", IGNORE, task("x")), task("f")));
    ignored.fail("x").fail("f");
    assertThat(refusal(ignored, WorkflowTester.key("x")))
        .isEqualTo(RefusedException.Reason.NOTHING_TO_RETRY);
    failed.retry();
    assertThat(refusal(failed)).isEqualTo(RefusedException.Reason.WORKFLOW_NOT_ENDED);
  }

  @Test
  void an_approval_that_was_not_given_in_time_is_asked_for_again() {
    WorkflowTester workflow = WorkflowTester.begun(approval("p", 2, OnTimeout.FAIL));
    workflow
        .apply(
            new WorkflowEvent.ApprovalDecided(WorkflowTester.key("p"), WorkflowTester.ALICE, true))
        .timer("p");
    workflow.ends(WorkflowStatus.State.FAILED).retry();
    workflow
        .apply(
            new WorkflowEvent.ApprovalDecided(WorkflowTester.key("p"), WorkflowTester.ALICE, true))
        .is("p", RUNNING);
  }

  private static RefusedException.Reason refusal(WorkflowTester workflow, NodeKey... nodes) {
    return catchThrowableOfType(
            RefusedException.class,
            () -> workflow.ask(new WorkflowEvent.RetryRequested(Set.of(nodes))))
        .reason();
  }
}
