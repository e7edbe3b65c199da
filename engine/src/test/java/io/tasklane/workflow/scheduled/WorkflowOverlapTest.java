package io.tasklane.workflow.scheduled;

import static io.tasklane.workflow.scheduled.PlanBench.MINUTE;
import static io.tasklane.workflow.scheduled.PlanBench.minutely;
import static io.tasklane.workflow.scheduled.PlanBench.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.schedule.OverlapPolicy;
import io.tasklane.schedule.stored.ScheduleRun;
import io.tasklane.schedule.stored.ScheduleSpec;
import io.tasklane.task.Actor;
import io.tasklane.task.state.TaskState;
import io.tasklane.workflow.definition.Chain;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.state.Workflow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A workflow counts as a run of its schedule until it has ended, from the end of its jitter on. */
class WorkflowOverlapTest {
  private static final Node TWO = Node.of("c", new Chain(List.of(task("a"), task("b"))));
  private final PlanBench bench = new PlanBench();

  @AfterEach
  void close() {
    bench.close();
  }

  private void startOne(OverlapPolicy policy) {
    bench.createAndMiss("s", minutely(TWO).withOverlap(policy), MINUTE);
    bench.look();
    assertThat(bench.workflows()).isEqualTo(1);
  }

  private void dueAgain() {
    bench.miss("s", MINUTE);
    Postgres.run(
        bench.store.database,
        "UPDATE schedule_run SET scheduled_time = scheduled_time - interval '1 hour'");
    bench.look();
  }

  @Test
  void skip_waits_for_the_whole_workflow_and_not_for_its_first_task() {
    startOne(OverlapPolicy.SKIP);
    bench.runTask(true);
    dueAgain();
    assertThat(bench.workflows()).as("the second task still runs").isEqualTo(1);
    assertThat(bench.schedules.get("s").counts().overlapSkipped()).isEqualTo(1);

    bench.runTask(true);
    dueAgain();
    assertThat(bench.workflows()).isEqualTo(2);
  }

  @Test
  void what_is_buffered_starts_as_soon_as_the_workflow_ends() {
    startOne(OverlapPolicy.BUFFER_ONE);
    dueAgain();
    bench.runTask(true);
    bench.look();
    assertThat(bench.workflows()).isEqualTo(1);
    bench.runTask(true);
    bench.look();
    assertThat(bench.workflows()).isEqualTo(2);
  }

  @Test
  void cancel_other_cancels_the_workflow_and_starts_the_next() {
    startOne(OverlapPolicy.CANCEL_OTHER);
    String first = bench.runs("s").get(0).target().substring("workflows/".length());
    dueAgain();
    assertThat(bench.workflows()).isEqualTo(2);
    Workflow cancelled = bench.store.workflows.get(first);
    assertThat(cancelled.cancelActor().map(Actor::principal)).contains("schedule:s");
    assertThat(cancelled.cancelActor().map(Actor::reason).orElse("")).contains("took its place");
    assertThat(cancelled.status().state().name()).isIn("CANCELLING", "CANCELLED");
  }

  @Test
  void a_trigger_is_skipped_while_one_runs_and_names_it() {
    startOne(OverlapPolicy.SKIP);
    String open = bench.runs("s").get(0).target();
    ScheduleRun run = bench.trigger("s", null);
    assertThat(run.outcome()).isEqualTo(ScheduleRun.Outcome.SKIPPED_OVERLAP);
    assertThat(run.explanation()).isEqualTo(open + " had not ended");
  }

  /** A jitter that is certain to lie ahead when the schedule looks. */
  private ScheduleSpec late(OverlapPolicy policy) {
    return minutely(task("a")).withJitter(Duration.ofSeconds(59)).withOverlap(policy);
  }

  private void delayed(OverlapPolicy policy) {
    bench.create("s", late(policy));
    bench.trigger("s", null);
    Postgres.run(
        bench.store.database,
        "DELETE FROM task_ready; DELETE FROM workflow; UPDATE schedule_run SET workflow = NULL,"
            + " task_name = '', start_time = clock_timestamp() + interval '1 hour'");
  }

  private void timeHasCome() {
    Postgres.run(
        bench.store.database,
        "UPDATE schedule_run SET start_time = clock_timestamp() WHERE end_time IS NULL");
    bench.miss("s", Duration.ZERO);
    bench.look();
  }

  @Test
  void a_start_that_the_jitter_delays_is_a_run_without_a_workflow_until_its_time() {
    bench.createAndMiss("s", late(OverlapPolicy.SKIP), Duration.ofMinutes(4));
    bench.look();
    long delayed =
        bench.store.count("schedule_run WHERE task_name = '' AND start_time > clock_timestamp()");
    long dueAtStart =
        bench.store.count(
            "schedule_run r JOIN schedule_due d ON d.due = r.start_time WHERE r.task_name = ''");
    assertThat(dueAtStart).as("each is looked at when its time comes").isEqualTo(delayed);
    timeHasCome();
    assertThat(bench.store.count("schedule_run WHERE task_name = ''")).isZero();
    assertThat(bench.workflows()).isEqualTo(bench.store.count("schedule_run"));
  }

  @Test
  void a_delayed_run_counts_as_running_and_is_started_though_the_schedule_is_disabled() {
    delayed(OverlapPolicy.SKIP);
    assertThat(bench.schedules.get("s").progress().running()).isEqualTo(1);
    assertThat(bench.trigger("s", null).explanation()).contains("the run of", "had not ended");
    Postgres.run(bench.store.database, "UPDATE schedule SET disabled = true");
    bench.look();
    assertThat(bench.workflows()).as("its time has not come").isZero();
    timeHasCome();
    assertThat(bench.workflows()).isEqualTo(1);
    ScheduleRun run = bench.runs("s").get(0);
    assertThat(run.target()).startsWith("workflows/");
    assertThat(
            bench.store.count(
                "task_event WHERE data LIKE '%workflow%" + run.target() + "%' AND kind = 14"))
        .isEqualTo(1);
  }

  @Test
  void a_delayed_run_whose_place_another_takes_never_starts() {
    delayed(OverlapPolicy.SKIP);
    bench.trigger("s", OverlapPolicy.CANCEL_OTHER);
    assertThat(bench.workflows()).isEqualTo(1);
    timeHasCome();
    assertThat(bench.workflows()).isEqualTo(1);
    ScheduleRun dropped = bench.runs("s").get(1);
    assertThat(dropped.endState()).contains(TaskState.CANCELLED);
    assertThat(dropped.explanation()).contains("cancelled before its start");
  }

  @Test
  void a_delayed_run_that_cannot_start_has_failed_and_may_disable_the_schedule() {
    delayed(OverlapPolicy.SKIP);
    Postgres.run(
        bench.store.database,
        "UPDATE schedule SET disable_on_failure = true,"
            + " workflow = replace(workflow, 'system.echo', 'system.gone')");
    timeHasCome();
    ScheduleRun run = bench.runs("s").get(0);
    assertThat(run.outcome()).isEqualTo(ScheduleRun.Outcome.FAILED_TO_START);
    assertThat(run.explanation()).contains("system.gone");
    assertThat(bench.schedules.get("s").enablement().disabled()).isTrue();
    assertThat(bench.workflows()).isZero();
  }
}
