package io.tasklane.schedule.preview;

import io.tasklane.schedule.ScheduleRules;
import io.tasklane.schedule.calendar.CalendarRangeException;
import io.tasklane.schedule.firing.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The next runs of a schedule, stored or not. It goes over the same due times as the decision about
 * firings, so that what it shows as a run then runs.
 *
 * @param runs in order; those of one day that the calendar closes are one entry
 * @param ending why nothing follows, if nothing does: the schedule ends, it is never due again,
 *     what follows depends on the end of a run, or the calendar does not know more
 */
public record Preview(List<PreviewedRun> runs, Optional<String> ending) {
  /** The most runs, and the most entries, of a preview. */
  public static final int MOST = 1_000;

  /** Copies the list. */
  public Preview {
    runs = List.copyOf(runs);
  }

  /**
   * What is asked for.
   *
   * @param schedule final part of the schedule's name
   * @param rules of the schedule
   * @param progress of the schedule; {@link Progress#created} at the start of the preview for one
   *     that is not stored. The preview begins after its {@code seenUntil}
   * @param until the last instant of interest; empty for as far as it takes
   * @param maximumRuns how many runs are wanted, 1 to {@link #MOST}; what does not run is not
   *     counted
   * @param typicalRun how long a run usually takes; empty if overlaps are not of interest
   */
  public record Request(
      String schedule,
      ScheduleRules rules,
      Progress progress,
      Optional<Instant> until,
      int maximumRuns,
      Optional<Duration> typicalRun) {
    /** Checks the number of runs. */
    public Request {
      if (maximumRuns < 1 || maximumRuns > MOST) {
        throw new IllegalArgumentException(
            "maximum_runs: " + maximumRuns + " is not allowed: 1 to " + MOST + " are");
      }
    }

    /** The next runs of a schedule that is not stored, from that instant on. */
    public static Request next(ScheduleRules rules, Instant after, int maximumRuns) {
      return new Request(
          "preview",
          rules,
          Progress.created(after),
          Optional.empty(),
          maximumRuns,
          Optional.empty());
    }
  }

  /** The runs that are asked for. The work is bounded, also if the schedule never runs again. */
  public static Preview of(Request request) {
    Walk walk = new Walk(request);
    try {
      return walk.go();
    } catch (CalendarRangeException unknown) {
      return new Preview(walk.entries(), Optional.of(unknown.getMessage()));
    }
  }
}
