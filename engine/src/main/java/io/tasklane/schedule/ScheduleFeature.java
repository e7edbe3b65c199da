package io.tasklane.schedule;

import io.tasklane.feature.DueWork;
import io.tasklane.feature.EngineContext;
import io.tasklane.feature.EventCodec;
import io.tasklane.feature.Feature;
import io.tasklane.feature.PlannedStarts;
import io.tasklane.schedule.calendar.CalendarService;
import io.tasklane.task.cancel.CancelTasks;
import io.tasklane.task.create.CreateTasks;
import io.tasklane.task.create.TaskAdmission;
import java.time.Duration;
import java.util.List;

/**
 * Schedules as a feature of the engine. {@link ScheduledRuns} is its part in the ends of tasks.
 *
 * @param context of the engine
 * @param look decides what is due
 * @param changes of clients
 * @param starts of clients
 */
public record ScheduleFeature(
    EngineContext context, ScheduleLook look, ChangeSchedules changes, StartRuns starts)
    implements Feature {
  /** Looks of one command: each costs several statements, and others wait for the commit. */
  private static final int LOOKS = 20;

  /**
   * Puts the commands together.
   *
   * @param creation creates the tasks of runs
   * @param cancels cancels them
   * @param admission checks them
   * @param workflows starts and cancels workflows
   * @param keep how long runs are kept after their end
   */
  public static ScheduleFeature of(
      EngineContext context,
      CreateTasks creation,
      CancelTasks cancels,
      TaskAdmission admission,
      PlannedStarts workflows,
      Duration keep) {
    workflows.onEnd(new ScheduledRuns(context.signals()));
    RunStarter starter = new RunStarter(creation, cancels, admission, workflows);
    ScheduleLook look = new ScheduleLook(starter, context.signals(), keep);
    return new ScheduleFeature(
        context,
        look,
        new ChangeSchedules(look, new ScheduleChecks(admission, workflows)),
        new StartRuns(starter));
  }

  @Override
  public List<EventCodec> events() {
    return ScheduleEvents.CODECS;
  }

  @Override
  public List<DueWork> dueWork() {
    return List.of(
        new DueWork("fire schedules", FireSchedules.PROBE, new FireSchedules(look), LOOKS, LOOKS));
  }

  @Override
  public List<Object> services() {
    return List.of(new ScheduleService(context, changes, starts), new CalendarService(context));
  }
}
