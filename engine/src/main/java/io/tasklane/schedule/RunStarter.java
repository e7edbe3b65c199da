package io.tasklane.schedule;

import io.tasklane.api.Creation;
import io.tasklane.commit.Batch;
import io.tasklane.commit.Outcome;
import io.tasklane.schedule.firing.Firing;
import io.tasklane.schedule.stored.Schedule;
import io.tasklane.schedule.stored.ScheduleRun;
import io.tasklane.task.Actor;
import io.tasklane.task.StartConditions;
import io.tasklane.task.Task;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.cancel.CancelTasks;
import io.tasklane.task.create.CreateTasks;
import io.tasklane.task.create.TaskAdmission;
import io.tasklane.task.row.NewTask;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Starts runs: the task, the row that makes the run unique, and its event, in one transaction.
 *
 * @param creation creates the tasks
 * @param cancels cancels those of other runs
 * @param admission checks the tasks, and fills in the defaults of their queue and type
 */
record RunStarter(CreateTasks creation, CancelTasks cancels, TaskAdmission admission) {
  private static final Logger LOG = Logger.getLogger(RunStarter.class.getName());

  /**
   * Starts a run for each of these, all or none.
   *
   * @param principal who causes it
   * @throws io.tasklane.api.Refusal where a task cannot be created; nothing is written then
   */
  List<ScheduleRun> start(
      Batch batch, ScheduleRow row, List<Firing> firings, ScheduleRun.Cause cause, String principal)
      throws SQLException {
    Schedule schedule = row.schedule();
    List<NewTask> tasks = new ArrayList<>();
    for (Firing firing : firings) {
      tasks.add(task(schedule, firing.startTime(), row.now()));
    }
    List<Creation> created = creation.createOfSchedule(batch, tasks);
    List<RunRows.Started> started = new ArrayList<>();
    for (int i = 0; i < firings.size(); i++) {
      Firing firing = firings.get(i);
      Task task = created.get(i).task();
      ScheduleRun run =
          ScheduleRun.started(
              firing.key().scheduledTime(),
              cause,
              firing.startTime().isAfter(row.now()) ? firing.startTime() : row.now(),
              task.taskId());
      started.add(new RunRows.Started(run, task));
    }
    new RunRows(batch.connection(), row.key()).start(started);
    List<ScheduleRun> runs = started.stream().map(RunRows.Started::run).toList();
    ScheduleEvents.ran(batch.connection(), schedule, runs, principal);
    return runs;
  }

  private NewTask task(Schedule schedule, Instant start, Instant now) {
    TaskRequest request = schedule.spec().task();
    TaskRequest timed =
        start.isAfter(now) ? request.withStart(StartConditions.NONE.notBefore(start)) : request;
    return admission.admit(timed, "", schedule.principal()).withListeners(ScheduledRuns.BIT);
  }

  /** Cancels the tasks of other runs. One that has ended meanwhile needs none of it. */
  void cancel(Batch batch, Schedule schedule, List<String> taskIds, Instant scheduledTime)
      throws SQLException {
    Actor actor =
        new Actor(schedule.principal(), "the run of " + scheduledTime + " took its place");
    for (String taskId : taskIds) {
      Outcome<Task> outcome =
          cancels.executeOne(batch, new CancelTasks.Cancel(taskId, actor, false));
      if (outcome instanceof Outcome.Refused<Task> refused) {
        LOG.log(Level.FINE, "{0}", refused.refusal().getMessage());
      }
    }
  }
}
