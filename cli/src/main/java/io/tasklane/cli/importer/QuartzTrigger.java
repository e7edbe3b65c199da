package io.tasklane.cli.importer;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.importer.text.CronText;
import io.tasklane.cli.importer.text.CronText.Field;
import io.tasklane.cli.importer.text.Intervals;
import io.tasklane.cli.importer.text.LeftOut;
import io.tasklane.cli.importer.text.XmlElement;
import io.tasklane.v1.Schedule;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A trigger of Quartz: cron, simple or calendar-interval. */
final class QuartzTrigger {
  private static final Set<String> KNOWN =
      Set.of(
          "name",
          "group",
          "description",
          "job-name",
          "job-group",
          "priority",
          "job-data-map",
          "start-time",
          "end-time",
          "cron-expression",
          "time-zone",
          "repeat-count",
          "repeat-interval",
          "repeat-interval-unit",
          "misfire-instruction");

  private static final Map<String, Long> UNITS =
      Map.of("SECOND", 1_000L, "MINUTE", 60_000L, "HOUR", 3_600_000L);

  private QuartzTrigger() {}

  /** Sets the trigger, its start and its end. */
  static void read(
      String name, XmlElement trigger, ZoneId zone, Schedule.Builder into, Report report)
      throws LeftOut {
    Optional<Instant> start = time(trigger, "start-time", zone);
    Optional<Instant> end = time(trigger, "end-time", zone);
    end.map(QuartzTrigger::wire).ifPresent(into::setEndTime);
    switch (trigger.name()) {
      case "cron" -> {
        start.map(QuartzTrigger::wire).ifPresent(into::setStartTime);
        cron(trigger, zone, into);
      }
      case "simple" -> simple(trigger, start, into);
      case "calendar-interval" -> calendarInterval(trigger, start, into);
      default -> throw new LeftOut("a trigger of the kind <" + trigger.name() + "> is not read");
    }
    for (XmlElement part : trigger.children()) {
      String what = name + ".<" + part.name() + ">";
      if (part.name().equals("misfire-instruction")) {
        misfire(what, trigger, into, report);
      } else if (!KNOWN.contains(part.name())) {
        report.add(part.line(), what, "it has no counterpart: see `tasklane calendar`");
      }
    }
  }

  private static void misfire(
      String what, XmlElement trigger, Schedule.Builder into, Report report) {
    String given = trigger.text("misfire-instruction").orElse("SMART_POLICY");
    if (given.equals("MISFIRE_INSTRUCTION_DO_NOTHING")) {
      into.setCatchupWindow(Durations.fromSeconds(10));
    } else if (!given.equals("SMART_POLICY") && !given.equals("MISFIRE_INSTRUCTION_SMART_POLICY")) {
      report.add(
          trigger.line(), what, given + " has no counterpart: catchup_window decides what is late");
    }
  }

  private static void cron(XmlElement trigger, ZoneId zone, Schedule.Builder into) throws LeftOut {
    String given =
        trigger.text("cron-expression").orElseThrow(() -> new LeftOut("it has no expression"));
    String[] fields = given.split("\\s+");
    if (fields.length != 6 && fields.length != 7) {
      throw new LeftOut("\"" + given + "\" has " + fields.length + " fields: 6 or 7 are read");
    }
    if (fields.length == 7 && !fields[6].equals("*")) {
      throw new LeftOut("the year \"" + fields[6] + "\" has no counterpart: use start and end");
    }
    List<String> read = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      read.add(CronText.field(Field.values()[i], fields[i], 1));
    }
    if (!read.get(3).matches("[*?].*") && !read.get(5).matches("[*?].*")) {
      throw new LeftOut("day of month and day of week are both given, which Quartz refuses too");
    }
    into.getCronBuilder()
        .setExpression(String.join(" ", read))
        .setTimeZone(trigger.text("time-zone").orElse(zone.getId()));
  }

  private static void simple(XmlElement trigger, Optional<Instant> start, Schedule.Builder into)
      throws LeftOut {
    long count = number(trigger, "repeat-count", 0);
    if (count == 0) {
      into.setOnceTime(wire(start.orElseThrow(() -> new LeftOut("it runs once, without a time"))));
      return;
    }
    long interval = Intervals.checked(number(trigger, "repeat-interval", 0));
    every(interval, start, into);
    if (count > 0) {
      Instant first =
          start.orElseThrow(
              () -> new LeftOut("it repeats " + count + " times from a time that is not given"));
      Instant end = first.plusMillis(Math.multiplyExact(count, interval)).plusMillis(1);
      if (!into.hasEndTime() || Timestamps.toMillis(into.getEndTime()) > end.toEpochMilli()) {
        into.setEndTime(wire(end));
      }
    }
  }

  private static void calendarInterval(
      XmlElement trigger, Optional<Instant> start, Schedule.Builder into) throws LeftOut {
    String unit = trigger.text("repeat-interval-unit").orElse("DAY");
    Long millis = UNITS.get(unit);
    if (millis == null) {
      throw new LeftOut("an interval in " + unit + " has no counterpart: write it as cron");
    }
    long count = number(trigger, "repeat-interval", 0);
    every(Intervals.checked(Math.multiplyExact(count, millis)), start, into);
  }

  /** Quartz counts from the start, Tasklane from 1970 and a phase. */
  private static void every(long interval, Optional<Instant> start, Schedule.Builder into) {
    into.getIntervalBuilder().setInterval(Durations.fromMillis(interval));
    start.ifPresent(
        first -> {
          into.getIntervalBuilder()
              .setPhase(Durations.fromMillis(Math.floorMod(first.toEpochMilli(), interval)));
          into.setStartTime(wire(first));
        });
  }

  private static long number(XmlElement trigger, String child, long usual) throws LeftOut {
    Optional<String> given = trigger.text(child);
    if (given.isPresent() && !given.get().matches("-1|\\d{1,12}")) {
      throw new LeftOut("<" + child + "> is no number: " + given.get());
    }
    return given.map(BigDecimal::new).map(BigDecimal::longValue).orElse(usual);
  }

  private static Optional<Instant> time(XmlElement trigger, String child, ZoneId zone)
      throws LeftOut {
    Optional<String> given = trigger.text(child);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          given.get().matches(".*(Z|[+-]\\d\\d:\\d\\d)")
              ? OffsetDateTime.parse(given.get()).toInstant()
              : LocalDateTime.parse(given.get()).atZone(zone).toInstant());
    } catch (DateTimeException none) {
      throw new LeftOut("<" + child + "> is no time such as 2026-11-30T09:30:00Z");
    }
  }

  private static Timestamp wire(Instant time) {
    return Timestamps.fromMillis(time.toEpochMilli());
  }
}
