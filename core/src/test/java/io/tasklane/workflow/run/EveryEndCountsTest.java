package io.tasklane.workflow.run;

import static io.tasklane.workflow.definition.FailurePolicy.*;
import static io.tasklane.workflow.run.NodeState.*;
import static io.tasklane.workflow.run.Tree.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.task.Failure;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.Node;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EveryEndCountsTest {
  /** All causes with which a task may end badly. */
  private static final List<Cause> CAUSES =
      List.of(
          Flow.failure(Failure.Kind.PERMANENT, "BROKEN"),
          Flow.failure(Failure.Kind.RETRYABLE, "BROKEN"),
          Flow.failure(Failure.Kind.TIMEOUT, "ATTEMPT_TIMEOUT"),
          Flow.failure(Failure.Kind.TIMEOUT, "TOTAL_TIMEOUT"),
          Flow.failure(Failure.Kind.TIMEOUT, "QUEUE_TIMEOUT"),
          Flow.failure(Failure.Kind.TIMEOUT, "EXPIRED"),
          Flow.failure(Failure.Kind.LEASE_LOST, "LEASE_LOST"),
          Flow.failure(Failure.Kind.DEPENDENCY, "DEPENDENCY"),
          Flow.failure(Failure.Kind.PERMANENT, "INPUT_TOO_LARGE"),
          Cause.cancelled(Flow.ALICE));

  @Test
  void a_group_ends_with_its_last_member_whatever_the_end_policy_and_limit() {
    for (Cause cause : CAUSES) {
      for (FailurePolicy policy : FailurePolicy.values()) {
        for (int parallel : new int[] {0, 1}) {
          oneBad(policy, parallel, cause);
        }
      }
    }
  }

  private static void oneBad(FailurePolicy policy, int parallel, Cause cause) {
    NodeState bad = cause.isCancel() ? CANCELLED : FAILED;
    Flow flow =
        Flow.begun(chain("w", group("g", policy, parallel, task("a"), task("b")), task("z")));
    flow.leaf(Flow.key("a"), bad, Optional.of(cause));
    if (policy == FAIL_FAST && parallel == 1) {
      flow.notStarted("b");
    } else if (policy == FAIL_FAST) {
      assertThat(flow.cancels()).containsExactly("b");
      flow.is("g", RUNNING).cancelTask("b");
    } else {
      flow.is("g", RUNNING).succeed("b");
    }
    if (policy == IGNORE) {
      flow.is("g", SUCCEEDED);
      assertThat(flow.output("g")).isEqualTo(Arrays.asList(null, "b!"));
      flow.succeed("z").ends(WorkflowStatus.State.SUCCEEDED);
      return;
    }
    flow.is("g", bad).notStarted("z");
    flow.ends(cause.isCancel() ? WorkflowStatus.State.CANCELLED : WorkflowStatus.State.FAILED);
    assertThat(flow.status.cause()).contains(cause);
  }

  @Test
  void what_an_ignored_member_left_is_absent_and_its_reader_is_told_why() {
    Flow flow =
        Flow.begun(
            chain(
                "w",
                group("g", IGNORE, task("f"), task("x")),
                task("y", Map.of("any", "has(outputs.f) || has(outputs.x)")),
                cond("c", "outputs.f.n > 1 || outputs.x.n > 1", task("z"))));
    flow.fail("f").cancelTask("x");
    assertThat(flow.start("y").input()).isEqualTo(Map.of("any", false));
    flow.succeed("y").ends(WorkflowStatus.State.FAILED);
    assertThat(flow.cause("c").message()).containsAnyOf("f failed", "x was cancelled");
  }

  @Test
  void a_failure_wins_over_a_cancel_in_either_order() {
    Flow first = Flow.begun(group("g", WAIT_ALL, task("a"), task("b")));
    first.cancelTask("a").fail("b").ends(WorkflowStatus.State.FAILED);
    assertThat(first.status.cause().orElseThrow().code()).isEqualTo("BROKEN");
    Flow second = Flow.begun(group("g", WAIT_ALL, task("a"), task("b")));
    second.fail("a").cancelTask("b").ends(WorkflowStatus.State.FAILED);
    assertThat(second.status.cause().orElseThrow().code()).isEqualTo("BROKEN");
  }

  @Test
  void a_cancel_alone_says_who_and_why() {
    Flow flow = Flow.begun(chain("c", task("a"), task("b"))).cancelTask("a");
    flow.ends(WorkflowStatus.State.CANCELLED).notStarted("b");
    assertThat(flow.status.cause().orElseThrow().actor()).contains(Flow.ALICE);
  }

  @Test
  void a_cancelled_workflow_ends_when_the_last_run_has_ended() {
    Flow flow =
        Flow.begun(
            group(
                "g",
                WAIT_ALL,
                task("a"),
                timer("t"),
                await("e", "acc.go"),
                chain("c", task("b"), task("never"))));
    flow.cancel();
    assertThat(flow.cancels()).containsExactlyInAnyOrder("a", "b");
    flow.is("t", CANCELLED).is("e", CANCELLED).ends(WorkflowStatus.State.CANCELLING);
    flow.succeed("b").notStarted("never").ends(WorkflowStatus.State.CANCELLING);
    flow.cancelTask("a").ends(WorkflowStatus.State.CANCELLED);
    assertThat(flow.status.cause().orElseThrow().actor()).contains(Flow.ALICE);
  }

  @Test
  void a_workflow_out_of_time_fails_with_kind_timeout() {
    Flow flow = Flow.begun(chain("c", task("a"), task("b")));
    flow.apply(new Happening.TimeLimitReached()).cancelTask("a");
    flow.ends(WorkflowStatus.State.FAILED).notStarted("b");
    assertThat(flow.status.cause().orElseThrow().kind()).isEqualTo(Failure.Kind.TIMEOUT);
  }

  @Test
  void a_branch_for_failures_mends_its_node() {
    Flow flow = Flow.begun(chain("c", task("a").onFailure(task("h")), task("z"))).fail("a");
    assertThat(flow.start("h").passed().map(flow::value))
        .contains(Map.of("kind", "PERMANENT", "code", "BROKEN", "message", "a"));
    flow.succeed("h").is("a", SUCCEEDED);
    assertThat(flow.start("z").passed().map(flow::value)).contains("h!");
    flow.succeed("z").ends(WorkflowStatus.State.SUCCEEDED);
  }

  @Test
  void a_branch_for_failures_that_fails_fails_its_node_and_a_cancel_starts_none() {
    Flow failing = Flow.begun(task("a").onFailure(task("h"))).fail("a").fail("h");
    failing.is("a", FAILED).ends(WorkflowStatus.State.FAILED);
    Flow.begun(task("a").onFailure(task("h")))
        .cancelTask("a")
        .notStarted("h")
        .ends(WorkflowStatus.State.CANCELLED);
    Flow.begun(task("a").onFailure(task("h")))
        .cancel()
        .fail("a")
        .notStarted("h")
        .ends(WorkflowStatus.State.FAILED);
  }

  @Test
  void members_that_fail_at_once_start_no_branch_for_failures_in_a_group_that_is_stopped() {
    Node x = task("x", Map.of("k", "inputs.absent"));
    Node y = task("y", Map.of("k", "inputs.absent")).onFailure(task("h"));
    for (Node group : List.of(group("g", FAIL_FAST, x, y), group("g", FAIL_FAST, y, x))) {
      Flow flow = Flow.begun(group);
      assertThat(flow.started()).isEmpty();
      flow.notStarted("h").ends(WorkflowStatus.State.FAILED);
    }
  }

  @Test
  void a_queue_run_ends_with_its_last_task_by_its_policy() {
    for (FailurePolicy policy : FailurePolicy.values()) {
      Flow flow = Flow.begun(queue("q", "A", policy));
      flow.apply(new Happening.QueueTaken(Flow.key("q"), 1, 2));
      flow.apply(
          new Happening.QueueTaskEnded(
              Flow.key("q"), 1, FAILED, Optional.of(Cause.permanent("BROKEN", ""))));
      assertThat(flow.cancels()).isEqualTo(policy == FAIL_FAST ? List.of("q") : List.of());
      flow.is("q", RUNNING);
      flow.apply(new Happening.QueueTaskEnded(Flow.key("q"), 1, SUCCEEDED, Optional.empty()));
      flow.is("q", policy == IGNORE ? SUCCEEDED : FAILED);
    }
  }
}
