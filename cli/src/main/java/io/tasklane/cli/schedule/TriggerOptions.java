package io.tasklane.cli.schedule;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import io.tasklane.cli.calendar.CalendarName;
import io.tasklane.cli.command.TimeSpan;
import io.tasklane.v1.Schedule;
import io.tasklane.v1.SessionTrigger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What makes a schedule due, as options: exactly one of --cron, --every, --at, --open, --close. */
final class TriggerOptions {
  @Option(
      names = "--cron",
      paramLabel = "EXPRESSION",
      description = "Five or six fields, or @daily and the like: \"30 2 * * *\".")
  private String cron;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "With --cron: zone of its wall times, as Europe/London. Default: UTC.")
  private String zone = "";

  @Option(
      names = "--calendar",
      paramLabel = "CALENDAR",
      description = "With --cron: only on days on which this calendar is open, as XNYS.")
  private String calendar = "";

  @Option(
      names = "--every",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "So often, in elapsed time, for example 5m.")
  private Duration every;

  @Option(
      names = "--phase",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "With --every: so much later than the whole intervals since 1970.")
  private Duration phase;

  @Option(
      names = "--from-completion",
      description = "With --every: so long after the end of each run.")
  private boolean fromCompletion;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      converter = Time.class,
      description = "Once, at this time, for example 2026-11-23T09:30:00Z.")
  private Timestamp at;

  @Option(
      names = "--open",
      paramLabel = "CALENDAR",
      description = "When each session of this calendar opens.")
  private String open;

  @Option(
      names = "--close",
      paramLabel = "CALENDAR",
      description = "When each session of this calendar closes.")
  private String close;

  @Option(
      names = "--after",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "With --open or --close: so much later, for example 15m.")
  private Duration after;

  @Option(
      names = "--before",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "With --open or --close: so much earlier.")
  private Duration before;

  @Option(names = "--skip-half-days", description = "With --open or --close: not on half days.")
  private boolean skipHalfDays;

  /** What is wrong with what was given; empty if nothing is. */
  Optional<String> problem() {
    if (paths().size() > 1) {
      return Optional.of("give only one of --cron, --every, --at, --open and --close");
    }
    if (cron == null && !(zone.isEmpty() && calendar.isEmpty())) {
      return Optional.of("--zone and --calendar need --cron");
    }
    if (every == null && (phase != null || fromCompletion)) {
      return Optional.of("--phase and --from-completion need --every");
    }
    boolean session = open != null || close != null;
    if (!session && (after != null || before != null || skipHalfDays)) {
      return Optional.of("--after, --before and --skip-half-days need --open or --close");
    }
    return after != null && before != null
        ? Optional.of("give only one of --after and --before")
        : Optional.empty();
  }

  /** The fields of Schedule that were given; at most one is allowed. */
  List<String> paths() {
    return Stream.of(
            cron == null ? "" : "cron",
            every == null ? "" : "interval",
            at == null ? "" : "once_time",
            open == null ? "" : "session",
            close == null ? "" : "session")
        .filter(path -> !path.isEmpty())
        .toList();
  }

  /** Sets what was given. */
  void addTo(Schedule.Builder schedule) {
    if (cron != null) {
      schedule.getCronBuilder().setExpression(cron).setTimeZone(zone);
      if (!calendar.isEmpty()) {
        schedule.getCronBuilder().setCalendar(CalendarName.of(calendar));
      }
    }
    if (every != null) {
      schedule
          .getIntervalBuilder()
          .setInterval(Durations.fromMillis(every.toMillis()))
          .setPhase(Durations.fromMillis(phase == null ? 0 : phase.toMillis()))
          .setFromCompletion(fromCompletion);
    }
    if (at != null) {
      schedule.setOnceTime(at);
    }
    if (open != null) {
      session(schedule, open, SessionTrigger.Anchor.ANCHOR_OPEN);
    }
    if (close != null) {
      session(schedule, close, SessionTrigger.Anchor.ANCHOR_CLOSE);
    }
  }

  private void session(Schedule.Builder schedule, String name, SessionTrigger.Anchor anchor) {
    long offset = before != null ? -before.toMillis() : after != null ? after.toMillis() : 0;
    schedule
        .getSessionBuilder()
        .setCalendar(CalendarName.of(name))
        .setAnchor(anchor)
        .setOffset(Durations.fromMillis(offset))
        .setSkipHalfDays(skipHalfDays);
  }
}
