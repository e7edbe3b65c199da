package io.tasklane.schedule.preview;

import io.tasklane.schedule.CronTrigger;
import io.tasklane.schedule.ScheduleRules;
import io.tasklane.schedule.SessionTrigger;
import io.tasklane.schedule.Trigger;
import io.tasklane.schedule.cron.ClockChange;
import io.tasklane.schedule.due.DstPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Says in English why a time runs, or does not. */
final class Explanations {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", Locale.ENGLISH);

  /** No zone moves its clocks within a day of a time by more than this. */
  private static final Duration LONGEST_CHANGE = Duration.ofHours(26);

  private final ScheduleRules rules;

  Explanations(ScheduleRules rules) {
    this.rules = rules;
  }

  String ofRun(Instant due) {
    Trigger trigger = rules.trigger();
    if (trigger instanceof CronTrigger cron) {
      return shown(due, cron.zone()) + ": " + cron.description() + clocks(cron, due);
    }
    if (trigger instanceof SessionTrigger session) {
      ZoneId zone = session.sessions().calendar().zone();
      return shown(due, zone) + ": " + session.description() + halfDay(session, due);
    }
    return trigger.description();
  }

  /** The entry for a change of the clocks because of which something is not due. */
  Optional<PreviewedRun> notDue(ClockChange change) {
    boolean once = rules.dst() == DstPolicy.ONCE;
    if (change.gap() == once) {
      return Optional.empty();
    }
    String text =
        times(change)
            + (change.gap()
                ? leftOut(change) + ": not run; under ONCE at " + change.to().toLocalTime()
                : repeated(change, change.count()) + ": not run again; under WALL_CLOCK also now");
    Verdict verdict = change.gap() ? Verdict.DST_GAP : Verdict.DST_OVERLAP;
    return Optional.of(new PreviewedRun(change.repeatedAt(), change.repeatedAt(), verdict, text));
  }

  private String clocks(CronTrigger cron, Instant due) {
    LocalDateTime wall = LocalDateTime.ofInstant(due, cron.zone());
    return ClockChange.between(
            cron.expression(),
            cron.zone(),
            due.minus(LONGEST_CHANGE),
            due.plus(LONGEST_CHANGE),
            Preview.MOST)
        .stream()
        .map(change -> remark(change, due, wall))
        .reduce("", String::concat);
  }

  private String remark(ClockChange change, Instant due, LocalDateTime wall) {
    boolean once = rules.dst() == DstPolicy.ONCE;
    if (change.gap()) {
      boolean moved = once && due.equals(change.instant());
      return moved
          ? "; "
              + times(change)
              + leftOut(change)
              + ", so it runs at "
              + change.to().toLocalTime()
              + "; under WALL_CLOCK not at all"
          : "";
    }
    if (wall.isBefore(change.from()) || !wall.isBefore(change.to())) {
      return "";
    }
    boolean first = due.isBefore(change.instant());
    String which = "; " + wall.toLocalTime() + repeated(change, 1);
    return once
        ? which + "; runs the first time only, under WALL_CLOCK both times"
        : which
            + "; this is the "
            + (first ? "first" : "second")
            + ", under ONCE only the first runs";
  }

  private static String leftOut(ClockChange change) {
    return (change.count() == 1 ? " does" : " do")
        + " not exist on "
        + change.first().toLocalDate()
        + " (the clocks go from "
        + change.from().toLocalTime()
        + " to "
        + change.to().toLocalTime()
        + ")";
  }

  private static String repeated(ClockChange change, long count) {
    return (count == 1 ? " comes" : " come")
        + " twice on "
        + change.first().toLocalDate()
        + " (the clocks go from "
        + change.to().toLocalTime()
        + " back to "
        + change.from().toLocalTime()
        + ")";
  }

  private static String times(ClockChange change) {
    LocalTime first = change.first().toLocalTime();
    return change.count() == 1
        ? first.toString()
        : first + " and " + (change.count() - 1) + " more";
  }

  private static String halfDay(SessionTrigger trigger, Instant due) {
    return trigger.sessions().sessionDue(due).stream()
        .filter(session -> session.reason().isPresent())
        .map(
            session ->
                (session.halfDay() ? " (half day: " : " (special session: ")
                    + session.reason().orElseThrow()
                    + ")")
        .findFirst()
        .orElse("");
  }

  private static String shown(Instant due, ZoneId zone) {
    LocalDateTime wall = LocalDateTime.ofInstant(due, zone);
    return DAY.format(wall) + " " + wall.toLocalTime() + " " + zone;
  }
}
