package io.tasklane.workflow.scheduled;

import io.tasklane.api.Caller;
import io.tasklane.api.Change;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Postgres;
import io.tasklane.feature.DueWork;
import io.tasklane.schedule.OverlapPolicy;
import io.tasklane.schedule.ScheduleFeature;
import io.tasklane.schedule.ScheduleService;
import io.tasklane.schedule.stored.Schedule;
import io.tasklane.schedule.stored.ScheduleAction;
import io.tasklane.schedule.stored.ScheduleRun;
import io.tasklane.schedule.stored.ScheduleSpec;
import io.tasklane.schedule.stored.TriggerSpec;
import io.tasklane.task.Payload;
import io.tasklane.task.TaskRequest;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.TaskNode;
import io.tasklane.workflow.execution.TemplateBench;
import io.tasklane.workflow.execution.WorkflowBench;
import io.tasklane.workflow.template.PlannedWorkflow;
import io.tasklane.workflow.template.TemplateReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;

/** Schedules of workflows on a real store; tests say when to look. */
final class PlanBench implements AutoCloseable {
  static final Duration MINUTE = Duration.ofMinutes(1);
  final TemplateBench templates = new TemplateBench();
  final WorkflowBench store = templates.bench;
  final ScheduleFeature feature = store.schedules(Duration.ofDays(7));
  final ScheduleService schedules = (ScheduleService) feature.services().get(0);

  static Node task(String id) {
    return Node.of(
        id, TaskNode.of(TaskRequest.of(WorkflowBench.QUEUE, "system.echo", Payload.json("{}"))));
  }

  /** Due each minute, from this tree. */
  static ScheduleSpec minutely(Node root) {
    return minutely(new PlannedWorkflow.Tree(TemplateBench.spec(root)));
  }

  static ScheduleSpec minutely(PlannedWorkflow workflow) {
    return ScheduleSpec.of(
            new TriggerSpec.Interval(MINUTE, Duration.ZERO, false), TaskRequest.of("", "", NONE))
        .withAction(new ScheduleAction.Start(workflow));
  }

  static PlannedWorkflow of(String template, Map<String, Object> inputs) {
    return new PlannedWorkflow.OfTemplate(
        TemplateReference.parse(template), TemplateBench.payloads(inputs));
  }

  private static final Payload NONE = Payload.json("{}");

  static <T> Change<T> change() {
    return new Change<>(
        new Caller("user:ann", ""), "test", Optional.empty(), new byte[0], done -> new byte[0]);
  }

  Schedule create(String id, ScheduleSpec spec) {
    return WorkflowBench.answer(schedules.create(id, spec, false, change()));
  }

  ScheduleRun trigger(String id, OverlapPolicy policy) {
    return WorkflowBench.answer(schedules.trigger(id, Optional.ofNullable(policy), change()))
        .get(0);
  }

  List<ScheduleRun> runs(String id) {
    return schedules.runs(id, Optional.empty(), 500);
  }

  /** A schedule at which nobody has looked for so long. */
  void createAndMiss(String id, ScheduleSpec spec, Duration time) {
    create(id, spec);
    miss(id, time);
  }

  void miss(String id, Duration time) {
    Postgres.run(
        store.database,
        "UPDATE schedule SET seen_until = seen_until - interval '"
            + time.toSeconds()
            + " s', anchor = anchor - interval '"
            + time.toSeconds()
            + " s' WHERE name = '"
            + id
            + "'; INSERT INTO schedule_due SELECT clock_timestamp(), id FROM schedule"
            + " WHERE name = '"
            + id
            + "' ON CONFLICT DO NOTHING");
  }

  void look() {
    while (WorkflowBench.get(submitLook(store.committer)) > 0) {
      // more may be due
    }
  }

  Future<Integer> submitLook(GroupCommitter by) {
    DueWork work = feature.dueWork().get(0);
    return by.submit(work.command(), work.batch());
  }

  /** Number of rows of {@code workflow}. */
  long workflows() {
    return store.count("workflow");
  }

  /** Runs the only task that waits. */
  void runTask(boolean succeeds) {
    String id =
        store.database.with(
            c ->
                NamedSql.on(c, "SELECT name FROM task WHERE end_time IS NULL LIMIT 1")
                    .one(row -> row.getString(1)));
    store.claimAll();
    WorkflowBench.get(
        store.complete(
            store.committer,
            store.read(id),
            succeeds ? WorkflowBench.succeeded("1") : WorkflowBench.failed("BROKEN")));
  }

  @Override
  public void close() {
    templates.close();
  }
}
