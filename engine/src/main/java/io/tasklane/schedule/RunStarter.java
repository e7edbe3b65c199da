package io.tasklane.schedule;

import io.tasklane.api.Creation;
import io.tasklane.api.Refusal;
import io.tasklane.commit.Batch;
import io.tasklane.commit.Outcome;
import io.tasklane.feature.PlannedStarts;
import io.tasklane.schedule.firing.Firing;
import io.tasklane.schedule.firing.FiringKey;
import io.tasklane.schedule.stored.Schedule;
import io.tasklane.schedule.stored.ScheduleAction;
import io.tasklane.schedule.stored.ScheduleRun;
import io.tasklane.task.Actor;
import io.tasklane.task.StartConditions;
import io.tasklane.task.Task;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.cancel.CancelTasks;
import io.tasklane.task.create.CreateTasks;
import io.tasklane.task.create.TaskAdmission;
import io.tasklane.task.row.NewTask;
import io.tasklane.workflow.template.PlannedWorkflow;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Starts runs: the task or the workflow, the row that makes the run unique, and its event, in one
 * transaction. A workflow whose start time has not come is started by a later look.
 *
 * @param creation creates the tasks
 * @param cancels cancels those of other runs
 * @param admission checks the tasks, and fills in the defaults of their queue and type
 * @param workflows starts and cancels workflows
 */
record RunStarter(
    CreateTasks creation, CancelTasks cancels, TaskAdmission admission, PlannedStarts workflows) {
  private static final Logger LOG = Logger.getLogger(RunStarter.class.getName());

  /**
   * Starts a run for each of these, all or none.
   *
   * @param principal who causes it
   * @throws Refusal where one cannot be started; nothing is written then
   */
  List<ScheduleRun> start(
      Batch batch, ScheduleRow row, List<Firing> firings, ScheduleRun.Cause cause, String principal)
      throws SQLException {
    List<RunTarget> targets = targets(batch, row, firings);
    List<RunRows.Started> started = new ArrayList<>();
    List<ScheduleRun> runs = new ArrayList<>();
    for (int i = 0; i < firings.size(); i++) {
      Firing firing = firings.get(i);
      Instant start = firing.startTime().isAfter(row.now()) ? firing.startTime() : row.now();
      ScheduleRun run =
          ScheduleRun.started(
              firing.key().scheduledTime(), cause, start, targets.get(i).toString());
      started.add(new RunRows.Started(run, targets.get(i)));
      runs.add(run);
    }
    new RunRows(batch.connection(), row.key()).start(started);
    ScheduleEvents.ran(
        batch.connection(),
        row.schedule(),
        runs.stream().filter(run -> !run.target().isEmpty()).toList(),
        principal);
    return runs;
  }

  private List<RunTarget> targets(Batch batch, ScheduleRow row, List<Firing> firings)
      throws SQLException {
    Schedule schedule = row.schedule();
    if (schedule.spec().action() instanceof ScheduleAction.Create create) {
      List<NewTask> tasks = new ArrayList<>();
      for (Firing firing : firings) {
        tasks.add(task(schedule, create.task(), firing.startTime(), row.now()));
      }
      return creation.createOfSchedule(batch, tasks).stream()
          .map(Creation::task)
          .map(RunTarget::of)
          .toList();
    }
    PlannedWorkflow workflow = ((ScheduleAction.Start) schedule.spec().action()).workflow();
    List<RunTarget> targets = new ArrayList<>();
    Savepoint before = batch.connection().setSavepoint();
    try {
      for (Firing firing : firings) {
        targets.add(workflow(batch, row, workflow, firing.startTime()));
      }
    } catch (Refusal refused) {
      batch.connection().rollback(before);
      throw refused;
    }
    batch.connection().releaseSavepoint(before);
    return targets;
  }

  private RunTarget workflow(
      Batch batch, ScheduleRow row, PlannedWorkflow workflow, Instant startTime)
      throws SQLException {
    if (startTime.isAfter(row.now())) {
      workflows.check(batch.connection(), workflow);
      new RunRows(batch.connection(), row.key()).lookAt(startTime);
      return RunTarget.NONE;
    }
    return RunTarget.of(workflows.start(batch, workflow, row.schedule().principal()));
  }

  private NewTask task(Schedule schedule, TaskRequest request, Instant start, Instant now) {
    TaskRequest timed =
        start.isAfter(now) ? request.withStart(StartConditions.NONE.notBefore(start)) : request;
    return admission.admit(timed, "", schedule.principal()).withListeners(ScheduledRuns.BIT);
  }

  /**
   * Starts the workflow of a run whose start time has come, or whatever the schedule does by now.
   *
   * @throws Refusal where it cannot be started; nothing is written then
   */
  void startDelayed(Batch batch, ScheduleRow row, ScheduleRun run) throws SQLException {
    Firing now =
        new Firing(
            new FiringKey(row.schedule().scheduleId(), run.scheduledTime()), row.now(), false);
    RunTarget target = targets(batch, row, List.of(now)).get(0);
    ScheduleRun started =
        ScheduleRun.started(run.scheduledTime(), run.cause(), row.now(), target.toString());
    new RunRows(batch.connection(), row.key()).begin(new RunRows.Started(started, target));
    ScheduleEvents.ran(
        batch.connection(), row.schedule(), List.of(started), row.schedule().principal());
  }

  /** Cancels other runs. One that has ended meanwhile needs none of it. */
  void cancel(Batch batch, ScheduleRow row, List<RunRows.Open> runs, Instant scheduledTime)
      throws SQLException {
    String reason = "the run of " + scheduledTime + " took its place";
    Actor actor = new Actor(row.schedule().principal(), reason);
    for (RunRows.Open run : runs) {
      RunTarget target = RunTarget.parse(run.target());
      if (target.isWorkflow()) {
        workflows.cancel(batch, target.id(), actor);
      } else if (target.isTask()) {
        Outcome<Task> outcome =
            cancels.executeOne(batch, new CancelTasks.Cancel(target.id(), actor, false));
        if (outcome instanceof Outcome.Refused<Task> refused) {
          LOG.log(Level.FINE, "{0}", refused.refusal().getMessage());
        }
      } else {
        new RunRows(batch.connection(), row.key())
            .cancel(run, "cancelled before its start: " + reason);
      }
    }
  }
}
