package io.tasklane.schedule.stored;

import io.tasklane.schedule.firing.Progress;
import io.tasklane.task.Task;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A schedule as it is now.
 *
 * @param scheduleId final part of the name "schedules/{schedule}"
 * @param spec what it does, and when
 * @param enablement whether it is disabled, and who did so
 * @param progress how far it has come
 * @param counts what has become of its due times
 * @param error why it cannot decide what is due; empty if it can
 * @param version grows by one with every change, but not with runs; the etag
 * @param createTime when it was created
 * @param view what follows from the rest and the present time
 */
public record Schedule(
    String scheduleId,
    ScheduleSpec spec,
    Enablement enablement,
    Progress progress,
    ScheduleCounts counts,
    String error,
    int version,
    Instant createTime,
    View view) {
  /**
   * What follows from a schedule and the present time.
   *
   * @param description what its trigger means, in English; empty if its calendar is gone
   * @param nextRun the next due time that its calendar does not close
   * @param recentRuns the last of them, the newest first
   */
  public record View(String description, Optional<Instant> nextRun, List<ScheduleRun> recentRuns) {
    /** Of a schedule that was only just read. */
    public static final View NONE = new View("", Optional.empty(), List.of());

    /** Copies the list. */
    public View {
      recentRuns = List.copyOf(recentRuns);
    }
  }

  /** "schedules/{schedule}". */
  public String name() {
    return "schedules/" + scheduleId;
  }

  /** The principal of what it does by itself. */
  public String principal() {
    return Task.SCHEDULE + scheduleId;
  }

  /** The entity tag of this version, with the quotes of RFC 9110. */
  public String etag() {
    return "\"" + version + "\"";
  }

  /** The same with other counts and this view. */
  public Schedule with(ScheduleCounts present, View seen) {
    return new Schedule(
        scheduleId, spec, enablement, progress, present, error, version, createTime, seen);
  }

  /** The same that does this. */
  public Schedule with(ScheduleSpec other) {
    return new Schedule(
        scheduleId, other, enablement, progress, counts, error, version, createTime, view);
  }

  /** The same, enabled or disabled. */
  public Schedule with(Enablement other) {
    return new Schedule(
        scheduleId, spec, other, progress, counts, error, version, createTime, view);
  }

  /** The same that has come this far. */
  public Schedule with(Progress other, ScheduleCounts decided, String problem) {
    return new Schedule(
        scheduleId, spec, enablement, other, decided, problem, version, createTime, view);
  }
}
