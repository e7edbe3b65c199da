package io.tasklane.workflow.run;

import static io.tasklane.workflow.definition.FailurePolicy.*;
import static io.tasklane.workflow.run.Nodes.*;
import static io.tasklane.workflow.state.NodeState.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tasklane.task.Actor;
import io.tasklane.task.Failure;
import io.tasklane.workflow.decision.Action;
import io.tasklane.workflow.decision.RefusedException;
import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.definition.EventWait.OnTimeout;
import io.tasklane.workflow.definition.WorkflowDefinition;
import io.tasklane.workflow.state.Cause;
import io.tasklane.workflow.state.WorkflowStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WaitsAndHoldsTest {
  private static final Actor BOB = new Actor("user:bob", "too risky");

  @Test
  void the_decision_that_ends_the_node_before_begins_the_wait() {
    WorkflowTester workflow =
        WorkflowTester.begun(chain("c", task("a"), await("e", "acc.go"), task("z"))).succeed("a");
    assertThat(workflow.actions).hasAtLeastOneElementOfType(Action.AwaitEvent.class);
    workflow.event("e", Map.of("data", Map.of("n", 1)));
    assertThat(workflow.start("z").passed().map(workflow::value))
        .contains(Map.of("data", Map.of("n", 1)));
  }

  @Test
  void one_of_time_limit_and_event_wins_and_the_other_changes_nothing() {
    WorkflowTester event =
        WorkflowTester.begun(chain("c", await("e", "acc.go"), await("f", "acc.go"), task("z")));
    event.event("e", Map.of()).apply(new WorkflowEvent.TimerFired(WorkflowTester.key("e"), 1));
    event.is("e", SUCCEEDED).is("f", RUNNING);
    WorkflowTester late = WorkflowTester.begun(await("e", "acc.go")).timer("e");
    late.apply(new WorkflowEvent.EventReceived(WorkflowTester.key("e"), 1, Map.of()))
        .is("e", FAILED);
    assertThat(late.cause("e").kind()).isEqualTo(Failure.Kind.TIMEOUT);
  }

  @Test
  void the_timer_of_a_wait_does_not_touch_the_node_after_it() {
    WorkflowTester workflow =
        WorkflowTester.begun(
            await("e", "acc.go", Optional.empty(), OnTimeout.FAIL, Optional.of(task("t"))));
    workflow
        .event("e", Map.of())
        .apply(new WorkflowEvent.TimerFired(WorkflowTester.key("e"), 1))
        .is("e", RUNNING);
    workflow.apply(new WorkflowEvent.EventReceived(WorkflowTester.key("e"), 1, Map.of("b", 2)));
    workflow.succeed("t").ends(WorkflowStatus.State.SUCCEEDED);
  }

  @Test
  void an_event_that_does_not_match_is_left_and_a_condition_that_fails_fails_the_wait() {
    Optional<String> condition = Optional.of("event.data.impact > 0.8");
    WorkflowTester workflow =
        WorkflowTester.begun(
            await("e", "market.news", condition, OnTimeout.FAIL, Optional.empty()));
    workflow.event("e", Map.of("data", Map.of("impact", 0.5))).is("e", RUNNING);
    workflow.event("e", Map.of("data", Map.of("impact", 1))).is("e", SUCCEEDED);
    WorkflowTester wrong =
        WorkflowTester.begun(
            await("e", "market.news", condition, OnTimeout.FAIL, Optional.empty()));
    wrong.event("e", Map.of("data", Map.of())).is("e", FAILED);
    assertThat(wrong.cause("e").message()).contains("event.data.impact is absent");
  }

  @Test
  void one_event_releases_every_wait_that_it_is_given_to_once() {
    WorkflowTester workflow =
        WorkflowTester.begun(
            group("g", WAIT_ALL, await("e", "market.news"), await("f", "market.news")));
    workflow.event("e", Map.of()).event("f", Map.of()).ends(WorkflowStatus.State.SUCCEEDED);
  }

  @Test
  void a_node_after_a_wait_reads_the_event_and_none_where_it_went_on_without() {
    var then = task("t", Map.of("n", "has(event.data) ? event.data.n : 0"));
    WorkflowTester workflow =
        WorkflowTester.begun(
            await("e", "market.news", Optional.empty(), OnTimeout.CONTINUE, Optional.of(then)));
    workflow.event("e", Map.of("data", Map.of("n", 7)));
    assertThat(workflow.start("t").input()).isEqualTo(Map.of("n", 7L));
    WorkflowTester late =
        WorkflowTester.begun(
            await("e", "market.news", Optional.empty(), OnTimeout.CONTINUE, Optional.of(then)));
    assertThat(late.timer("e").start("t").input()).isEqualTo(Map.of("n", 0L));
  }

  @Test
  void two_approvals_need_two_principals_and_a_rejection_one() {
    WorkflowTester workflow =
        WorkflowTester.begun(chain("c", approval("p", 2, OnTimeout.FAIL), task("z")));
    workflow
        .apply(
            new WorkflowEvent.ApprovalDecided(WorkflowTester.key("p"), WorkflowTester.ALICE, true))
        .is("p", RUNNING);
    assertThat(refusal(workflow, WorkflowTester.ALICE))
        .isEqualTo(RefusedException.Reason.ALREADY_APPROVED);
    workflow
        .apply(new WorkflowEvent.ApprovalDecided(WorkflowTester.key("p"), BOB, true))
        .is("p", SUCCEEDED);
    assertThat(workflow.start("z").passed().map(workflow::value))
        .contains(Map.of("approvers", List.of("user:alice", "user:bob")));
    assertThat(refusal(workflow, BOB)).isEqualTo(RefusedException.Reason.NODE_NOT_WAITING);
    WorkflowTester rejected = WorkflowTester.begun(approval("p", 2, OnTimeout.FAIL));
    rejected
        .apply(new WorkflowEvent.ApprovalDecided(WorkflowTester.key("p"), BOB, false))
        .is("p", FAILED);
    assertThat(rejected.cause("p").message()).isEqualTo("rejected by user:bob: too risky");
  }

  @Test
  void an_approval_before_the_wait_or_of_another_node_is_refused_and_no_event_approves() {
    WorkflowTester workflow =
        WorkflowTester.begun(chain("c", task("a"), approval("p", 1, OnTimeout.FAIL)));
    assertThat(refusal(workflow, BOB)).isEqualTo(RefusedException.Reason.NODE_NOT_WAITING);
    workflow.succeed("a").event("p", Map.of()).is("p", RUNNING);
  }

  @Test
  void a_paused_workflow_starts_nothing_and_loses_nothing() {
    WorkflowTester workflow =
        WorkflowTester.begun(chain("c", task("a"), group("g", WAIT_ALL, task("b"), timer("t"))));
    workflow.apply(new WorkflowEvent.PauseRequested()).succeed("a");
    assertThat(workflow.actions).isEmpty();
    workflow.is("g", PAUSED).apply(new WorkflowEvent.ResumeRequested());
    assertThat(workflow.started()).containsExactly("b");
    workflow.apply(new WorkflowEvent.PauseRequested()).timer("t").succeed("b");
    workflow.ends(WorkflowStatus.State.SUCCEEDED);
  }

  @Test
  void a_paused_workflow_can_be_cancelled() {
    WorkflowTester workflow =
        WorkflowTester.begun(chain("c", task("a"), task("b")))
            .apply(new WorkflowEvent.PauseRequested());
    workflow.succeed("a").is("b", PAUSED).cancel().ends(WorkflowStatus.State.CANCELLED);
  }

  @Test
  void queues_of_later_nodes_are_held_until_their_nodes_start() {
    WorkflowTester workflow =
        WorkflowTester.begun(
            chain(
                "c",
                queue("p", "PORTFOLIO", WAIT_ALL),
                queue("d", "DATA", WAIT_ALL),
                group("g", WAIT_ALL, queue("x", "AI", WAIT_ALL))));
    assertThat(workflow.actions)
        .containsExactly(
            new Action.HoldQueues(Set.of("DATA", "AI")),
            new Action.TakeQueue(WorkflowTester.key("p"), 1, "PORTFOLIO", false));
    workflow.apply(new WorkflowEvent.QueueTaken(WorkflowTester.key("p"), 1, 0));
    assertThat(workflow.actions)
        .containsExactly(
            new Action.ReleaseQueue("DATA"),
            new Action.TakeQueue(WorkflowTester.key("d"), 1, "DATA", false));
    workflow.cancel().apply(new WorkflowEvent.QueueTaken(WorkflowTester.key("d"), 1, 1));
    workflow.apply(
        new WorkflowEvent.QueueTaskCompleted(
            WorkflowTester.key("d"),
            1,
            CANCELLED,
            Optional.of(Cause.cancelled(WorkflowTester.ALICE))));
    workflow.ends(WorkflowStatus.State.CANCELLED).retry();
    assertThat(workflow.actions).contains(new Action.HoldQueues(Set.of("AI")));
  }

  @Test
  void a_queue_that_the_first_node_runs_or_that_is_not_to_be_held_is_not() {
    assertThat(
            new WorkflowTester(
                    WorkflowDefinition.of(
                        chain(
                            "c",
                            queue("a", "A", WAIT_ALL),
                            queue("b", "A", WAIT_ALL),
                            io.tasklane.workflow.definition.Node.of(
                                "n",
                                new io.tasklane.workflow.definition.QueueRun(
                                    "B", WAIT_ALL, false)))))
                .compiled
                .holds()
                .queues())
        .isEmpty();
  }

  private static RefusedException.Reason refusal(WorkflowTester workflow, Actor actor) {
    return catchThrowableOfType(
            RefusedException.class,
            () ->
                workflow.ask(
                    new WorkflowEvent.ApprovalDecided(WorkflowTester.key("p"), actor, true)))
        .reason();
  }
}
