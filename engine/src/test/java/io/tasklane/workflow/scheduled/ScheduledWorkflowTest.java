package io.tasklane.workflow.scheduled;

import static io.tasklane.workflow.scheduled.PlanBench.MINUTE;
import static io.tasklane.workflow.scheduled.PlanBench.minutely;
import static io.tasklane.workflow.scheduled.PlanBench.of;
import static io.tasklane.workflow.scheduled.PlanBench.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Postgres;
import io.tasklane.schedule.OverlapPolicy;
import io.tasklane.schedule.stored.Schedule;
import io.tasklane.schedule.stored.ScheduleRun;
import io.tasklane.task.Actor;
import io.tasklane.task.Payload;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.state.TaskState;
import io.tasklane.workflow.compile.InvalidDefinitionException;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.TaskNode;
import io.tasklane.workflow.execution.TemplateBench;
import io.tasklane.workflow.execution.WorkflowBench;
import io.tasklane.workflow.state.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A schedule starts workflows: each with its firing, in one transaction, once on all nodes. */
class ScheduledWorkflowTest {
  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}}}";
  private final PlanBench bench = new PlanBench();

  @AfterEach
  void close() {
    bench.close();
  }

  private Workflow started(ScheduleRun run) {
    assertThat(run.target()).startsWith("workflows/");
    return bench.store.workflows.get(run.target().substring("workflows/".length()));
  }

  @Test
  void a_firing_starts_the_tree_which_shows_its_schedule_and_its_end_is_noted() {
    bench.createAndMiss("s", minutely(task("a")), MINUTE);
    bench.look();
    ScheduleRun run = bench.runs("s").get(0);
    assertThat(run.outcome()).isEqualTo(ScheduleRun.Outcome.STARTED);
    assertThat(started(run).details().scheduleId()).contains("s");
    assertThat(bench.schedules.get("s").progress().running()).isEqualTo(1);

    bench.runTask(true);
    ScheduleRun ended = bench.runs("s").get(0);
    assertThat(ended.endState()).contains(TaskState.SUCCEEDED);
    assertThat(ended.endTime()).isPresent();
    assertThat(bench.schedules.get("s").progress().running()).isZero();
  }

  @Test
  void a_template_is_started_in_its_newest_version_or_in_the_one_that_is_named()
      throws InvalidDefinitionException {
    bench.templates.create("t", TemplateBench.spec(task("a"), Map.of(), SCHEMA));
    bench.create("newest", minutely(of("t", Map.of("n", 5L))));
    bench.create("first", minutely(of("t@1", Map.of())));
    bench.templates.update("t", TemplateBench.spec(task("b")));

    Workflow newest = started(bench.trigger("newest", null));
    assertThat(newest.details().template().orElseThrow()).hasToString("workflowTemplates/t@2");
    assertThat(newest.details().inputs()).containsEntry("n", Payload.json("5"));
    assertThat(started(bench.trigger("first", null)).details().template().orElseThrow())
        .hasToString("workflowTemplates/t@1");
  }

  @Test
  void what_cannot_be_started_is_refused_by_the_field_that_is_wrong()
      throws InvalidDefinitionException {
    bench.templates.create("t", TemplateBench.spec(task("a"), Map.of(), SCHEMA));
    refused(
        RefusalReason.TEMPLATE_UNKNOWN,
        "schedule.template_start.template",
        () -> bench.create("s", minutely(of("gone", Map.of()))));
    refused(
        RefusalReason.TEMPLATE_UNKNOWN,
        "schedule.template_start.template",
        () -> bench.create("s", minutely(of("t@9", Map.of()))));
    refused(
        RefusalReason.INPUT_SCHEMA,
        "schedule.template_start.inputs",
        () -> bench.create("s", minutely(of("t", Map.of("n", "five")))));
    Node elsewhere =
        Node.of("x", TaskNode.of(TaskRequest.of("NOWHERE", "system.echo", Payload.json("{}"))));
    refused(
        RefusalReason.QUEUE_UNKNOWN,
        "schedule.workflow.root.task.queue",
        () -> bench.create("s", minutely(elsewhere)));
    assertThat(bench.store.count("schedule")).isZero();
  }

  private static void refused(RefusalReason reason, String field, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(reason);
              assertThat(refusal.field()).contains(field);
            });
  }

  @Test
  void a_template_that_is_gone_when_it_is_due_fails_the_run_and_disables_if_asked()
      throws InvalidDefinitionException {
    bench.templates.create("t", TemplateBench.spec(task("a")));
    bench.create("s", minutely(of("t", Map.of())).disablingOnFailure());
    bench.templates.delete("t", Optional.empty());
    bench.miss("s", MINUTE);
    bench.look();
    ScheduleRun run = bench.runs("s").get(0);
    assertThat(run.outcome()).isEqualTo(ScheduleRun.Outcome.FAILED_TO_START);
    assertThat(run.explanation()).contains("workflowTemplates/t does not exist");
    assertThat(bench.workflows()).isZero();
    assertThat(bench.store.count("workflow_definition")).as("nothing is left of it").isZero();
    assertThat(bench.schedules.get("s").enablement().disabled()).isTrue();
    refused(RefusalReason.TEMPLATE_UNKNOWN, Optional.empty(), () -> bench.trigger("s", null));
  }

  private static void refused(RefusalReason reason, Optional<String> field, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.sort()).isEqualTo(Refusal.Sort.FAILED_PRECONDITION);
              assertThat(refusal.reason()).isEqualTo(reason);
            });
  }

  @Test
  void a_failed_workflow_disables_its_schedule_and_a_cancelled_one_does_not() {
    bench.createAndMiss("s", minutely(task("a")).disablingOnFailure(), MINUTE);
    bench.look();
    bench.runTask(false);
    bench.look();
    Schedule disabled = bench.schedules.get("s");
    String target = bench.runs("s").get(0).target();
    assertThat(disabled.enablement().disabledBy())
        .contains(new Actor("schedule:s", target + " failed"));

    bench.createAndMiss("c", minutely(task("a")).disablingOnFailure(), MINUTE);
    bench.look();
    String open = bench.runs("c").get(0).target().substring("workflows/".length());
    WorkflowBench.answer(
        bench.store.workflows.cancel(open, WorkflowBench.ANN, WorkflowBench.change("cancel")));
    bench.look();
    assertThat(bench.runs("c").get(0).endState()).contains(TaskState.CANCELLED);
    assertThat(bench.schedules.get("c").enablement().disabled()).isFalse();
  }

  @Test
  void two_nodes_that_look_at_once_start_it_once() {
    bench.createAndMiss(
        "s", minutely(task("a")).withOverlap(OverlapPolicy.ALLOW), Duration.ofMinutes(4));
    try (GroupCommitter other = new GroupCommitter(bench.store.database, Thread::new, () -> {})) {
      for (int i = 0; i < 5; i++) {
        Future<Integer> one = bench.submitLook(bench.store.committer);
        Future<Integer> two = bench.submitLook(other);
        WorkflowBench.get(one);
        WorkflowBench.get(two);
      }
    }
    long due = bench.schedules.get("s").counts().run();
    assertThat(due).isGreaterThanOrEqualTo(4);
    assertThat(bench.workflows()).isEqualTo(due);
    assertThat(bench.runs("s")).hasSize((int) due);
  }

  @Test
  void an_update_that_changes_nothing_is_none_and_one_to_a_task_is() {
    Schedule made = bench.create("s", minutely(task("a")));
    Schedule same =
        WorkflowBench.answer(
            bench.schedules.update(
                "s", Optional.empty(), present -> minutely(task("a")), PlanBench.change()));
    assertThat(same.etag()).isEqualTo(made.etag());
    Schedule tasks =
        WorkflowBench.answer(
            bench.schedules.update(
                "s",
                Optional.empty(),
                present ->
                    present.withTask(
                        TaskRequest.of(WorkflowBench.QUEUE, "system.noop", Payload.json("{}"))),
                PlanBench.change()));
    assertThat(tasks.etag()).isNotEqualTo(made.etag());
    assertThat(bench.trigger("s", null).target()).startsWith("tasks/");
    assertThat(Postgres.number(bench.store.database, "SELECT count(*) FROM schedule_due"))
        .isPositive();
  }

  @Test
  void a_backfill_starts_a_workflow_for_each_due_time_and_at_most_a_hundred() {
    bench.createAndMiss("s", minutely(task("a")), Duration.ofHours(3));
    bench.look();
    Instant now = bench.schedules.get("s").progress().seenUntil();
    List<ScheduleRun> runs =
        WorkflowBench.answer(
            bench.schedules.backfill(
                "s", now.minusSeconds(3600), now.minusSeconds(3300), PlanBench.change()));
    assertThat(runs).hasSize(5).allSatisfy(run -> started(run));
    refused(
        RefusalReason.INVALID_FIELD,
        "end_time",
        () ->
            WorkflowBench.answer(
                bench.schedules.backfill("s", now.minusSeconds(7200), now, PlanBench.change())));
  }
}
