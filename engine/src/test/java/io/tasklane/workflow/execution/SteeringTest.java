package io.tasklane.workflow.execution;

import static io.tasklane.workflow.execution.Trees.approval;
import static io.tasklane.workflow.execution.Trees.chain;
import static io.tasklane.workflow.execution.Trees.cond;
import static io.tasklane.workflow.execution.Trees.group;
import static io.tasklane.workflow.execution.Trees.task;
import static io.tasklane.workflow.execution.Trees.timer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.config.RetentionConfig;
import io.tasklane.database.Postgres;
import io.tasklane.retention.CleanUpSession;
import io.tasklane.retention.RemovalCounts;
import io.tasklane.retention.Removed;
import io.tasklane.task.RunEnd;
import io.tasklane.task.state.TaskState;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.definition.EventWait.OnTimeout;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.WorkflowDefinition;
import io.tasklane.workflow.state.NodeState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** People and time steer workflows. */
class SteeringTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);

  private final WorkflowBench bench = new WorkflowBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void a_cancel_ends_what_waits_at_once_and_the_workflow_with_the_last_run() {
    Started flow =
        bench.start(
            chain("all", group("g", FailurePolicy.WAIT_ALL, task("a"), task("b")), task("z")));
    String a = flow.task("a").taskId();
    bench.claimAll();
    Started other = bench.start(task("x"));
    assertThat(other.cancel().status().state().name()).isEqualTo("CANCELLED");
    assertThat(flow.cancel().status().state().name()).isEqualTo("CANCELLING");
    assertThat(bench.read(a).state()).isEqualTo(TaskState.CANCELLING);
    assertThat(bench.read(a).cancelActor().orElseThrow().principal()).isEqualTo("user:ann");
    for (String node : new String[] {"a", "b"}) {
      WorkflowBench.get(
          bench.complete(
              bench.committer,
              bench.read(flow.task(node).taskId()),
              new RunEnd.Stopped(Optional.empty())));
    }

    assertThat(flow.state()).isEqualTo("CANCELLED");
    assertThat(flow.hasStarted("z")).isFalse();
    assertThat(flow.now().cancelActor().orElseThrow().principal()).isEqualTo("user:ann");
    assertRefused(flow::cancel, RefusalReason.WORKFLOW_ENDED);
  }

  @Test
  void a_paused_workflow_starts_nothing_and_goes_on_when_it_is_resumed() {
    Started flow = bench.start(chain("all", task("a"), task("b")));
    assertThat(flow.pause().status().paused()).isTrue();
    assertThat(flow.now().pauseActor().orElseThrow().reason()).isEqualTo("because");
    flow.succeed("a", "1");
    assertThat(flow.state("b")).isEqualTo(NodeState.PAUSED);
    assertThat(bench.count("task")).isOne();
    assertThat(flow.resume().status().paused()).isFalse();
    assertThat(flow.now().pauseActor()).isEmpty();

    flow.succeed("b", "2");
    assertThat(flow.state()).isEqualTo("SUCCEEDED");
  }

  @Test
  void a_retry_runs_only_what_did_not_succeed_and_restores_what_comes_after() {
    Started flow =
        bench.start(
            chain(
                "all",
                task("a"),
                group("g", FailurePolicy.WAIT_ALL, task("b"), task("f")),
                cond("c", "true", task("yes"), task("no")),
                task("z")));
    flow.succeed("a", "1");
    flow.succeed("b", "2");
    flow.fail("f");
    assertThat(flow.state()).isEqualTo("FAILED");
    String a = flow.task("a").taskId();
    String b = flow.task("b").taskId();
    String failed = flow.task("f").taskId();

    assertThat(flow.retry().status().run()).isEqualTo(2);
    assertThat(flow.now().endTime()).isEmpty();
    assertThat(flow.task("f").taskId()).isNotEqualTo(failed);
    flow.succeed("f", "3");
    flow.succeed("yes", "4");
    assertThat(flow.input("z")).isEqualTo("{\"input\":4}");
    flow.succeed("z", "5");

    assertThat(flow.state()).isEqualTo("SUCCEEDED");
    assertThat(flow.now().status().cause()).isEmpty();
    assertThat(flow.task("a").taskId()).isEqualTo(a);
    assertThat(flow.task("b").taskId()).isEqualTo(b);
    assertThat(flow.hasStarted("no")).isFalse();
    assertRefused(flow::retry, RefusalReason.NOTHING_TO_RETRY);
  }

  @Test
  void a_retry_of_a_running_workflow_or_of_an_unknown_node_is_refused() {
    Started flow = bench.start(task("a"));
    assertRefused(flow::retry, RefusalReason.WORKFLOW_NOT_ENDED);
    flow.fail("a");
    assertRefused(() -> flow.retry(NodeKey.of("nobody")), RefusalReason.NOTHING_TO_RETRY);
  }

  @Test
  void the_late_end_of_a_task_of_an_earlier_run_changes_nothing() {
    Started flow = bench.start(group("g", FailurePolicy.WAIT_ALL, task("a"), task("b")));
    flow.succeed("b", "2");
    flow.fail("a");
    flow.retry();
    Postgres.run(bench.database, "UPDATE workflow_task SET run = 1");
    flow.fail("a");

    assertThat(flow.state()).isEqualTo("RUNNING");
  }

  @Test
  void a_timer_holds_the_chain_until_its_time() {
    Started flow = bench.start(chain("all", timer("wait", Duration.ofHours(1)), task("z")));
    assertThat(bench.submit(bench.timers, 10)).isZero();
    assertThat(flow.hasStarted("z")).isFalse();
    Postgres.run(bench.database, "UPDATE workflow_timer SET due = now()");
    assertThat(bench.submit(bench.timers, 10)).isOne();

    assertThat(flow.state("wait")).isEqualTo(NodeState.SUCCEEDED);
    assertThat(flow.input("z")).isEqualTo("{\"input\":null}");
    assertThat(bench.count("workflow_timer")).isZero();
  }

  @Test
  void a_workflow_out_of_time_fails_and_a_retry_gets_the_whole_time_again() {
    WorkflowDefinition limited =
        new WorkflowDefinition(
            task("a"), Optional.empty(), Optional.empty(), Map.of(), Optional.of(DAY));
    Started flow = bench.start(WorkflowBench.request(limited, Map.of()));
    Postgres.run(bench.database, "UPDATE workflow_timer SET due = now()");
    bench.submit(bench.timers, 10);

    assertThat(flow.state()).isEqualTo("FAILED");
    assertThat(flow.now().status().cause().orElseThrow().code()).isEqualTo("WORKFLOW_TIMEOUT");
    flow.retry();
    assertThat(bench.count("workflow_timer WHERE due > now() + interval '23 h'")).isOne();
    flow.succeed("a", "1");
    assertThat(bench.count("workflow_timer")).as("dropped with the end").isZero();
  }

  @Test
  void two_approvals_need_two_principals_and_name_them_in_their_order() {
    Started flow = bench.start(chain("all", approval("ok", 2, DAY, OnTimeout.FAIL), task("z")));
    flow.decide("ok", "user:zoe", true);
    assertRefused(() -> flow.decide("ok", "user:zoe", true), RefusalReason.ALREADY_APPROVED);
    assertThat(flow.state("ok")).isEqualTo(NodeState.RUNNING);
    assertThat(flow.decide("ok", "user:bob", true).state()).isEqualTo(NodeState.SUCCEEDED);

    assertThat(flow.node("ok").approvers())
        .extracting(actor -> actor.principal() + " " + actor.reason())
        .containsExactly("user:zoe seen", "user:bob seen");
    assertThat(flow.input("z"))
        .isEqualTo("{\"input\":{\"approvers\":[\"user:bob\",\"user:zoe\"]}}");
    assertRefused(() -> flow.decide("ok", "user:eve", true), RefusalReason.NODE_NOT_WAITING);
    assertRefused(() -> flow.decide("nobody", "user:eve", true), RefusalReason.NODE_NOT_WAITING);
  }

  @Test
  void a_rejection_fails_the_node_and_says_who_and_why() {
    Started flow = bench.start(approval("ok", 1, DAY, OnTimeout.FAIL));
    flow.decide("ok", "user:zoe", false);

    assertThat(flow.state()).isEqualTo("FAILED");
    assertThat(flow.node("ok").rejecter().orElseThrow().principal()).isEqualTo("user:zoe");
    assertThat(flow.node("ok").cause().orElseThrow().code()).isEqualTo("REJECTED");
  }

  @Test
  void an_approval_before_the_wait_is_refused_and_one_out_of_time_is_skipped() {
    Started flow =
        bench.start(chain("all", task("a"), approval("ok", 1, DAY, OnTimeout.SKIP), task("z")));
    assertRefused(() -> flow.decide("ok", "user:zoe", true), RefusalReason.NODE_NOT_WAITING);
    flow.succeed("a", "1");
    Postgres.run(bench.database, "UPDATE workflow_timer SET due = now()");
    bench.submit(bench.timers, 10);

    assertThat(flow.state("ok")).isEqualTo(NodeState.SKIPPED);
    assertThat(flow.input("z")).isEqualTo("{\"input\":null}");
  }

  @Test
  void what_has_ended_is_deleted_with_all_its_rows_and_its_tasks_stay() {
    Started flow = bench.start(chain("all", approval("ok", 1, DAY, OnTimeout.FAIL), task("a")));
    assertRefused(flow::delete, RefusalReason.WORKFLOW_NOT_ENDED);
    flow.decide("ok", "user:zoe", true);
    flow.succeed("a", "1");
    flow.delete();

    for (String table :
        new String[] {
          "workflow",
          "workflow_definition",
          "workflow_node",
          "workflow_item",
          "workflow_task",
          "workflow_timer",
          "workflow_approval",
          "workflow_wait"
        }) {
      assertThat(bench.count(table)).as(table).isZero();
    }
    assertThat(bench.count("task")).isOne();
    assertRefused(flow::now, RefusalReason.WORKFLOW_NOT_FOUND);
  }

  @Test
  void an_ended_workflow_is_removed_after_the_retention_of_tasks_and_an_open_one_is_not()
      throws Exception {
    Started old = bench.start(chain("all", timer("wait", DAY), task("a")));
    old.cancel();
    Started young = bench.start(task("b"));
    young.cancel();
    Started open = bench.start(task("c"));
    Postgres.run(
        bench.database,
        "UPDATE workflow SET end_time = now() - interval '8 days' WHERE name = '" + old.id + "'");
    RetentionConfig week = new RetentionConfig(WEEK, WEEK, WEEK, WEEK, 3);
    RemovalCounts counts = new RemovalCounts();
    try (CleanUpSession session = CleanUpSession.open(bench.database).orElseThrow()) {
      session.begin("n1");
      CleanUpSession.sweeps(week).forEach(sweep -> session.next(sweep, counts));
      session.end(counts);
    }

    assertThat(counts.of(Removed.WORKFLOWS)).isOne();
    assertRefused(old::now, RefusalReason.WORKFLOW_NOT_FOUND);
    assertThat(young.state()).isEqualTo("CANCELLED");
    assertThat(open.state()).isEqualTo("RUNNING");
    assertThat(bench.count("workflow_definition")).isEqualTo(2);
    assertThat(Postgres.number(bench.database, "SELECT workflows FROM cleanup_run")).isOne();
  }

  private static void assertRefused(ThrowingCallable call, RefusalReason reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }
}
