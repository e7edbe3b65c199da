package io.tasklane.workflow.run;

import static io.tasklane.workflow.definition.FailurePolicy.*;
import static io.tasklane.workflow.run.NodeState.*;
import static io.tasklane.workflow.run.Tree.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tasklane.task.Actor;
import io.tasklane.task.Failure;
import io.tasklane.workflow.definition.EventWait.OnTimeout;
import io.tasklane.workflow.definition.WorkflowDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WaitsAndHoldsTest {
  private static final Actor BOB = new Actor("user:bob", "too risky");

  @Test
  void the_decision_that_ends_the_node_before_begins_the_wait() {
    Flow flow = Flow.begun(chain("c", task("a"), await("e", "acc.go"), task("z"))).succeed("a");
    assertThat(flow.actions).hasAtLeastOneElementOfType(Action.AwaitEvent.class);
    flow.event("e", Map.of("data", Map.of("n", 1)));
    assertThat(flow.start("z").passed().map(flow::value)).contains(Map.of("data", Map.of("n", 1)));
  }

  @Test
  void one_of_time_limit_and_event_wins_and_the_other_changes_nothing() {
    Flow event = Flow.begun(chain("c", await("e", "acc.go"), await("f", "acc.go"), task("z")));
    event.event("e", Map.of()).apply(new Happening.TimerDue(Flow.key("e"), 1));
    event.is("e", SUCCEEDED).is("f", RUNNING);
    Flow late = Flow.begun(await("e", "acc.go")).timer("e");
    late.apply(new Happening.EventArrived(Flow.key("e"), 1, Map.of())).is("e", FAILED);
    assertThat(late.cause("e").kind()).isEqualTo(Failure.Kind.TIMEOUT);
  }

  @Test
  void the_timer_of_a_wait_does_not_touch_the_node_after_it() {
    Flow flow =
        Flow.begun(await("e", "acc.go", Optional.empty(), OnTimeout.FAIL, Optional.of(task("t"))));
    flow.event("e", Map.of()).apply(new Happening.TimerDue(Flow.key("e"), 1)).is("e", RUNNING);
    flow.apply(new Happening.EventArrived(Flow.key("e"), 1, Map.of("b", 2)));
    flow.succeed("t").ends(WorkflowStatus.State.SUCCEEDED);
  }

  @Test
  void an_event_that_does_not_match_is_left_and_a_condition_that_fails_fails_the_wait() {
    Optional<String> condition = Optional.of("event.data.impact > 0.8");
    Flow flow = Flow.begun(await("e", "market.news", condition, OnTimeout.FAIL, Optional.empty()));
    flow.event("e", Map.of("data", Map.of("impact", 0.5))).is("e", RUNNING);
    flow.event("e", Map.of("data", Map.of("impact", 1))).is("e", SUCCEEDED);
    Flow wrong = Flow.begun(await("e", "market.news", condition, OnTimeout.FAIL, Optional.empty()));
    wrong.event("e", Map.of("data", Map.of())).is("e", FAILED);
    assertThat(wrong.cause("e").message()).contains("event.data.impact is absent");
  }

  @Test
  void one_event_releases_every_wait_that_it_is_given_to_once() {
    Flow flow =
        Flow.begun(group("g", WAIT_ALL, await("e", "market.news"), await("f", "market.news")));
    flow.event("e", Map.of()).event("f", Map.of()).ends(WorkflowStatus.State.SUCCEEDED);
  }

  @Test
  void a_node_after_a_wait_reads_the_event_and_none_where_it_went_on_without() {
    var then = task("t", Map.of("n", "has(event.data) ? event.data.n : 0"));
    Flow flow =
        Flow.begun(
            await("e", "market.news", Optional.empty(), OnTimeout.CONTINUE, Optional.of(then)));
    flow.event("e", Map.of("data", Map.of("n", 7)));
    assertThat(flow.start("t").input()).isEqualTo(Map.of("n", 7L));
    Flow late =
        Flow.begun(
            await("e", "market.news", Optional.empty(), OnTimeout.CONTINUE, Optional.of(then)));
    assertThat(late.timer("e").start("t").input()).isEqualTo(Map.of("n", 0L));
  }

  @Test
  void two_approvals_need_two_principals_and_a_rejection_one() {
    Flow flow = Flow.begun(chain("c", approval("p", 2, OnTimeout.FAIL), task("z")));
    flow.apply(new Happening.Decided(Flow.key("p"), Flow.ALICE, true)).is("p", RUNNING);
    assertThat(refusal(flow, Flow.ALICE)).isEqualTo(RefusedException.Reason.ALREADY_APPROVED);
    flow.apply(new Happening.Decided(Flow.key("p"), BOB, true)).is("p", SUCCEEDED);
    assertThat(flow.start("z").passed().map(flow::value))
        .contains(Map.of("approvers", List.of("user:alice", "user:bob")));
    assertThat(refusal(flow, BOB)).isEqualTo(RefusedException.Reason.NODE_NOT_WAITING);
    Flow rejected = Flow.begun(approval("p", 2, OnTimeout.FAIL));
    rejected.apply(new Happening.Decided(Flow.key("p"), BOB, false)).is("p", FAILED);
    assertThat(rejected.cause("p").message()).isEqualTo("rejected by user:bob: too risky");
  }

  @Test
  void an_approval_before_the_wait_or_of_another_node_is_refused_and_no_event_approves() {
    Flow flow = Flow.begun(chain("c", task("a"), approval("p", 1, OnTimeout.FAIL)));
    assertThat(refusal(flow, BOB)).isEqualTo(RefusedException.Reason.NODE_NOT_WAITING);
    flow.succeed("a").event("p", Map.of()).is("p", RUNNING);
  }

  @Test
  void a_paused_workflow_starts_nothing_and_loses_nothing() {
    Flow flow = Flow.begun(chain("c", task("a"), group("g", WAIT_ALL, task("b"), timer("t"))));
    flow.apply(new Happening.Pause()).succeed("a");
    assertThat(flow.actions).isEmpty();
    flow.is("g", HELD).apply(new Happening.Resume());
    assertThat(flow.started()).containsExactly("b");
    flow.apply(new Happening.Pause()).timer("t").succeed("b");
    flow.ends(WorkflowStatus.State.SUCCEEDED);
  }

  @Test
  void a_paused_workflow_can_be_cancelled() {
    Flow flow = Flow.begun(chain("c", task("a"), task("b"))).apply(new Happening.Pause());
    flow.succeed("a").is("b", HELD).cancel().ends(WorkflowStatus.State.CANCELLED);
  }

  @Test
  void queues_of_later_nodes_are_held_until_their_nodes_start() {
    Flow flow =
        Flow.begun(
            chain(
                "c",
                queue("p", "PORTFOLIO", WAIT_ALL),
                queue("d", "DATA", WAIT_ALL),
                group("g", WAIT_ALL, queue("x", "AI", WAIT_ALL))));
    assertThat(flow.actions)
        .containsExactly(
            new Action.HoldQueues(Set.of("DATA", "AI")),
            new Action.TakeQueue(Flow.key("p"), 1, "PORTFOLIO", false));
    flow.apply(new Happening.QueueTaken(Flow.key("p"), 1, 0));
    assertThat(flow.actions)
        .containsExactly(
            new Action.ReleaseQueue("DATA"), new Action.TakeQueue(Flow.key("d"), 1, "DATA", false));
    flow.cancel().apply(new Happening.QueueTaken(Flow.key("d"), 1, 1));
    flow.apply(
        new Happening.QueueTaskEnded(
            Flow.key("d"), 1, CANCELLED, Optional.of(Cause.cancelled(Flow.ALICE))));
    flow.ends(WorkflowStatus.State.CANCELLED).retry();
    assertThat(flow.actions).contains(new Action.HoldQueues(Set.of("AI")));
  }

  @Test
  void a_queue_that_the_first_node_runs_or_that_is_not_to_be_held_is_not() {
    assertThat(
            new Flow(
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

  private static RefusedException.Reason refusal(Flow flow, Actor actor) {
    return catchThrowableOfType(
            RefusedException.class,
            () -> flow.ask(new Happening.Decided(Flow.key("p"), actor, true)))
        .reason();
  }
}
