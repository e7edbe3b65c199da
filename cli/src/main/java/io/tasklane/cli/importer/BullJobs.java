package io.tasklane.cli.importer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.importer.Entry.Step;
import io.tasklane.cli.importer.text.CronText;
import io.tasklane.cli.importer.text.CronText.Field;
import io.tasklane.cli.importer.text.Intervals;
import io.tasklane.cli.importer.text.LeftOut;
import io.tasklane.cli.importer.text.Literal;
import io.tasklane.cli.importer.text.LiteralReader;
import io.tasklane.cli.importer.text.Malformed;
import io.tasklane.v1.Schedule;
import java.math.BigDecimal;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Repeatable jobs of Bull and BullMQ as JSON: what {@code getRepeatableJobs()} and {@code
 * getJobSchedulers()} return, or what was given to {@code add()}: name, data and opts.
 */
final class BullJobs implements Source {
  /** What says how a job has gone, or is known otherwise. */
  private static final Set<String> IGNORED = Set.of("key", "id", "next", "iterationCount", "jobId");

  private static final Set<String> TIMES =
      Set.of("cron", "pattern", "every", "tz", "startDate", "endDate", "offset", "utc");

  @Override
  public List<Entry> read(String text, ZoneId zone, Report report) throws Malformed {
    Literal all = LiteralReader.read(text);
    List<Literal> jobs =
        all.elements().orElseThrow(() -> new Malformed(all.line(), "a list of jobs is needed"));
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < jobs.size(); i++) {
      Map<String, Literal> job = jobs.get(i).members().orElse(Map.of());
      String name = text(job, "name").or(() -> text(job, "key")).orElse("job-" + (i + 1));
      try {
        entries.add(entry(name, jobs.get(i).line(), job, zone, report));
      } catch (LeftOut why) {
        report.add(jobs.get(i).line(), name, why.getMessage());
      }
    }
    return entries;
  }

  private static Optional<String> text(Map<String, Literal> values, String key) {
    return Optional.ofNullable(values.get(key)).flatMap(Literal::text).filter(t -> !t.isBlank());
  }

  private static Map<String, Literal> members(Map<String, Literal> values, String key) {
    return Optional.ofNullable(values.get(key)).flatMap(Literal::members).orElse(Map.of());
  }

  private static Entry entry(
      String name, int line, Map<String, Literal> job, ZoneId zone, Report report) throws LeftOut {
    Map<String, Literal> template = members(job, "template");
    Map<String, Literal> options = new LinkedHashMap<>(members(template, "opts"));
    options.putAll(members(job, "opts"));
    Map<String, Literal> repeat = new LinkedHashMap<>(job);
    repeat.putAll(members(options, "repeat"));
    options.remove("repeat");
    Schedule.Builder schedule = Schedule.newBuilder();
    trigger(repeat, zone, schedule);
    time(repeat, "startDate").ifPresent(schedule::setStartTime);
    time(repeat, "endDate").ifPresent(schedule::setEndTime);
    for (Map.Entry<String, Literal> each : repeat.entrySet()) {
      boolean known =
          TIMES.contains(each.getKey())
              || IGNORED.contains(each.getKey())
              || Set.of("name", "data", "opts", "template", "queue", "queueName")
                  .contains(each.getKey());
      if (!known && each.getValue().value() != null) {
        report.add(each.getValue().line(), name + "." + each.getKey(), "it has no counterpart");
      }
    }
    Literal data = job.getOrDefault("data", template.get("data"));
    JsonElement input = data == null ? new JsonObject() : data.json();
    String queue = text(job, "queueName").or(() -> text(job, "queue")).orElse("");
    int attempts = attempts(name, options, report);
    Step step = new Step(name, queue, input, 0, attempts, Optional.empty());
    return new Entry(line, name, schedule.build(), List.of(step));
  }

  private static int attempts(String name, Map<String, Literal> options, Report report) {
    int attempts = 0;
    for (Map.Entry<String, Literal> each : options.entrySet()) {
      Literal value = each.getValue();
      String what = name + ".opts." + each.getKey();
      Optional<Integer> number =
          value
              .number()
              .filter(n -> n.signum() > 0 && n.compareTo(BigDecimal.valueOf(100)) <= 0)
              .map(BigDecimal::intValue);
      if (each.getKey().equals("attempts") && number.isPresent()) {
        attempts = number.get();
      } else if (each.getKey().equals("priority")) {
        report.add(
            value.line(), what, "1 is the highest in Bull, 10 in Tasklane: set it in the YAML");
      } else if (!IGNORED.contains(each.getKey())) {
        report.add(value.line(), what, "it has no counterpart in a schedule");
      }
    }
    return attempts;
  }

  private static void trigger(Map<String, Literal> repeat, ZoneId zone, Schedule.Builder into)
      throws LeftOut {
    Optional<String> cron = text(repeat, "pattern").or(() -> text(repeat, "cron"));
    Literal every = repeat.get("every");
    if (cron.isPresent()) {
      into.getCronBuilder()
          .setExpression(expression(cron.get()))
          .setTimeZone(zone(repeat, zone).getId());
      return;
    }
    if (every == null || every.value() == null) {
      throw new LeftOut("it has neither pattern (cron) nor every");
    }
    BigDecimal millis =
        every
            .number()
            .or(() -> every.text().filter(t -> t.matches("\\d{1,15}")).map(BigDecimal::new))
            .orElseThrow(() -> new LeftOut("every is no number of milliseconds"));
    into.getIntervalBuilder()
        .setInterval(Durations.fromMillis(Intervals.millis(millis.movePointLeft(3))));
    Literal offset = repeat.get("offset");
    if (offset != null && offset.number().isPresent()) {
      into.getIntervalBuilder()
          .setPhase(Durations.fromMillis(Intervals.phase(offset.number().get())));
    }
  }

  private static ZoneId zone(Map<String, Literal> repeat, ZoneId usual) throws LeftOut {
    Optional<String> name = text(repeat, "tz");
    if (name.isEmpty()) {
      return usual;
    }
    try {
      return ZoneId.of(name.get());
    } catch (DateTimeException none) {
      throw new LeftOut("\"" + name.get() + "\" is no time zone");
    }
  }

  private static String expression(String cron) throws LeftOut {
    String[] fields = cron.strip().split("\\s+");
    if (cron.startsWith("@")) {
      return cron.strip();
    }
    if (fields.length != 5 && fields.length != 6) {
      throw new LeftOut("\"" + cron + "\" has " + fields.length + " fields: 5 or 6 are read");
    }
    Field[] all = Field.values();
    List<String> read = new ArrayList<>();
    for (int i = 0; i < fields.length; i++) {
      read.add(CronText.field(all[i + all.length - fields.length], fields[i], 0));
    }
    String day = read.get(read.size() - 3);
    String weekday = read.get(read.size() - 1);
    boolean stepped = day.startsWith("*/") || weekday.startsWith("*/");
    if (stepped && !Set.of("*", "?").contains(day) && !Set.of("*", "?").contains(weekday)) {
      throw new LeftOut(
          "Bull runs \""
              + cron
              + "\" where day of month or day of week fits, Tasklane where"
              + " both do: list the days");
    }
    return String.join(" ", read);
  }

  /** Milliseconds since 1970, or a time as text. */
  private static Optional<Timestamp> time(Map<String, Literal> repeat, String key) throws LeftOut {
    Literal given = repeat.get(key);
    if (given == null || given.value() == null) {
      return Optional.empty();
    }
    try {
      if (given.number().isPresent()) {
        return Optional.of(Timestamps.fromMillis(given.number().get().longValueExact()));
      }
      return Optional.of(Timestamps.parse(given.text().orElse("")));
    } catch (ParseException | ArithmeticException | IllegalArgumentException none) {
      throw new LeftOut(key + " is no time: milliseconds, or such as 2026-11-30T09:30:00Z");
    }
  }
}
