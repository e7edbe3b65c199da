package io.tasklane.workflow.run;

import static io.tasklane.workflow.definition.FailurePolicy.*;
import static io.tasklane.workflow.run.Nodes.*;
import static io.tasklane.workflow.state.NodeState.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.task.Failure;
import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.state.Cause;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.WorkflowStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EveryEndCountsTest {
  /** All causes with which a task may end badly. */
  private static final List<Cause> CAUSES =
      List.of(
          WorkflowTester.failure(Failure.Kind.PERMANENT, "BROKEN"),
          WorkflowTester.failure(Failure.Kind.RETRYABLE, "BROKEN"),
          WorkflowTester.failure(Failure.Kind.TIMEOUT, "ATTEMPT_TIMEOUT"),
          WorkflowTester.failure(Failure.Kind.TIMEOUT, "TOTAL_TIMEOUT"),
          WorkflowTester.failure(Failure.Kind.TIMEOUT, "QUEUE_TIMEOUT"),
          WorkflowTester.failure(Failure.Kind.TIMEOUT, "EXPIRED"),
          WorkflowTester.failure(Failure.Kind.LEASE_LOST, "LEASE_LOST"),
          WorkflowTester.failure(Failure.Kind.DEPENDENCY, "DEPENDENCY"),
          WorkflowTester.failure(Failure.Kind.PERMANENT, "INPUT_TOO_LARGE"),
          Cause.cancelled(WorkflowTester.ALICE));

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
    WorkflowTester workflow =
        WorkflowTester.begun(
            chain("w", group("g", policy, parallel, task("a"), task("b")), task("z")));
    workflow.leaf(WorkflowTester.key("a"), bad, Optional.of(cause));
    if (policy == FAIL_FAST && parallel == 1) {
      workflow.notStarted("b");
    } else if (policy == FAIL_FAST) {
      assertThat(workflow.cancels()).containsExactly("b");
      workflow.is("g", RUNNING).cancelTask("b");
    } else {
      workflow.is("g", RUNNING).succeed("b");
    }
    if (policy == IGNORE) {
      workflow.is("g", SUCCEEDED);
      assertThat(workflow.output("g")).isEqualTo(Arrays.asList(null, "b!"));
      workflow.succeed("z").ends(WorkflowStatus.State.SUCCEEDED);
      return;
    }
    workflow.is("g", bad).notStarted("z");
    workflow.ends(cause.isCancel() ? WorkflowStatus.State.CANCELLED : WorkflowStatus.State.FAILED);
    assertThat(workflow.status.cause()).contains(cause);
  }

  @Test
  void what_an_ignored_member_left_is_absent_and_its_reader_is_told_why() {
    WorkflowTester workflow =
        WorkflowTester.begun(
            chain(
                "w",
                group("g", IGNORE, task("f"), task("x")),
                task("y", Map.of("any", "has(outputs.f) || has(outputs.x)")),
                cond("c", "outputs.f.n > 1 || outputs.x.n > 1", task("z"))));
    workflow.fail("f").cancelTask("x");
    assertThat(workflow.start("y").input()).isEqualTo(Map.of("any", false));
    workflow.succeed("y").ends(WorkflowStatus.State.FAILED);
    assertThat(workflow.cause("c").message()).containsAnyOf("f failed", "x was cancelled");
  }

  @Test
  void a_failure_wins_over_a_cancel_in_either_order() {
    WorkflowTester first = WorkflowTester.begun(group("g", WAIT_ALL, task("a"), task("b")));
    first.cancelTask("a").fail("b").ends(WorkflowStatus.State.FAILED);
    assertThat(first.status.cause().orElseThrow().code()).isEqualTo("BROKEN");
    WorkflowTester second = WorkflowTester.begun(group("g", WAIT_ALL, task("a"), task("b")));
    second.fail("a").cancelTask("b").ends(WorkflowStatus.State.FAILED);
    assertThat(second.status.cause().orElseThrow().code()).isEqualTo("BROKEN");
  }

  @Test
  void a_cancel_alone_says_who_and_why() {
    WorkflowTester workflow =
        WorkflowTester.begun(chain("c", task("a"), task("b"))).cancelTask("a");
    workflow.ends(WorkflowStatus.State.CANCELLED).notStarted("b");
    assertThat(workflow.status.cause().orElseThrow().actor()).contains(WorkflowTester.ALICE);
  }

  @Test
  void a_cancelled_workflow_ends_when_the_last_run_has_ended() {
    WorkflowTester workflow =
        WorkflowTester.begun(
            group(
                "g",
                WAIT_ALL,
                task("a"),
                timer("t"),
                await("e", "acc.go"),
                chain("c", task("b"), task("never"))));
    workflow.cancel();
    assertThat(workflow.cancels()).containsExactlyInAnyOrder("a", "b");
    workflow.is("t", CANCELLED).is("e", CANCELLED).ends(WorkflowStatus.State.CANCELLING);
    workflow.succeed("b").notStarted("never").ends(WorkflowStatus.State.CANCELLING);
    workflow.cancelTask("a").ends(WorkflowStatus.State.CANCELLED);
    assertThat(workflow.status.cause().orElseThrow().actor()).contains(WorkflowTester.ALICE);
  }

  @Test
  void a_workflow_out_of_time_fails_with_kind_timeout() {
    WorkflowTester workflow = WorkflowTester.begun(chain("c", task("a"), task("b")));
    workflow.apply(new WorkflowEvent.TimeLimitReached()).cancelTask("a");
    workflow.ends(WorkflowStatus.State.FAILED).notStarted("b");
    assertThat(workflow.status.cause().orElseThrow().kind()).isEqualTo(Failure.Kind.TIMEOUT);
  }

  @Test
  void a_branch_for_failures_mends_its_node() {
    WorkflowTester workflow =
        WorkflowTester.begun(chain("c", task("a").onFailure(task("h")), task("z"))).fail("a");
    assertThat(workflow.start("h").passed().map(workflow::value))
        .contains(Map.of("kind", "PERMANENT", "code", "BROKEN", "message", "a"));
    workflow.succeed("h").is("a", SUCCEEDED);
    assertThat(workflow.start("z").passed().map(workflow::value)).contains("h!");
    workflow.succeed("z").ends(WorkflowStatus.State.SUCCEEDED);
  }

  @Test
  void a_branch_for_failures_that_fails_fails_its_node_and_a_cancel_starts_none() {
    WorkflowTester failing =
        WorkflowTester.begun(task("a").onFailure(task("h"))).fail("a").fail("h");
    failing.is("a", FAILED).ends(WorkflowStatus.State.FAILED);
    WorkflowTester.begun(task("a").onFailure(task("h")))
        .cancelTask("a")
        .notStarted("h")
        .ends(WorkflowStatus.State.CANCELLED);
    WorkflowTester.begun(task("a").onFailure(task("h")))
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
      WorkflowTester workflow = WorkflowTester.begun(group);
      assertThat(workflow.started()).isEmpty();
      workflow.notStarted("h").ends(WorkflowStatus.State.FAILED);
    }
  }

  @Test
  void a_queue_run_ends_with_its_last_task_by_its_policy() {
    for (FailurePolicy policy : FailurePolicy.values()) {
      WorkflowTester workflow = WorkflowTester.begun(queue("q", "A", policy));
      workflow.apply(new WorkflowEvent.QueueTaken(WorkflowTester.key("q"), 1, 2));
      workflow.apply(
          new WorkflowEvent.QueueTaskCompleted(
              WorkflowTester.key("q"), 1, FAILED, Optional.of(Cause.permanent("BROKEN", ""))));
      assertThat(workflow.cancels()).isEqualTo(policy == FAIL_FAST ? List.of("q") : List.of());
      workflow.is("q", RUNNING);
      workflow.apply(
          new WorkflowEvent.QueueTaskCompleted(
              WorkflowTester.key("q"), 1, SUCCEEDED, Optional.empty()));
      workflow.is("q", policy == IGNORE ? SUCCEEDED : FAILED);
    }
  }
}
