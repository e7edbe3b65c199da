package io.tasklane.cli.importer;

import com.google.protobuf.util.Durations;
import io.tasklane.cli.importer.text.CronText;
import io.tasklane.cli.importer.text.CronText.Field;
import io.tasklane.cli.importer.text.Intervals;
import io.tasklane.cli.importer.text.LeftOut;
import io.tasklane.cli.importer.text.Literal;
import io.tasklane.cli.importer.text.Literal.Call;
import io.tasklane.v1.Schedule;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** When an entry of Celery is due: by crontab, or at intervals. */
final class CelerySchedule {
  private static final List<String> FIELDS =
      List.of("minute", "hour", "day_of_month", "month_of_year", "day_of_week");

  /** Arguments of crontab() that have no name, in its order. */
  private static final List<String> POSITIONS =
      List.of("minute", "hour", "day_of_week", "day_of_month", "month_of_year");

  private static final Map<String, Long> SECONDS =
      Map.of("weeks", 604_800L, "days", 86_400L, "hours", 3_600L, "minutes", 60L, "seconds", 1L);

  private CelerySchedule() {}

  /** Sets the trigger. */
  static void read(Literal when, ZoneId zone, Schedule.Builder into) throws LeftOut {
    if (when.number().isPresent()) {
      interval(when.number().get(), into);
      return;
    }
    Call call = when.call().orElse(null);
    if (call == null) {
      call = typed(when);
    }
    switch (call.name()) {
      case "crontab" -> crontab(call, zone, into);
      case "timedelta" -> interval(seconds(call), into);
      case "schedule", "interval" -> interval(every(call), into);
      case "solar" ->
          throw new LeftOut(
              "solar() has no counterpart: give it fixed times, or a calendar of sessions");
      default ->
          throw new LeftOut(
              call.name() + " is known to the running program alone: write crontab or seconds");
    }
  }

  /** As RedBeat writes them: {"__type__": "crontab", "minute": "0"}. */
  private static Call typed(Literal when) throws LeftOut {
    Map<String, Literal> members =
        when.members().orElseThrow(() -> new LeftOut("its schedule is not read"));
    Literal type = members.get("__type__");
    if (type == null || type.text().isEmpty()) {
      throw new LeftOut("its schedule is not read: seconds, or {\"__type__\": \"crontab\"}");
    }
    Map<String, Literal> named = new LinkedHashMap<>(members);
    named.remove("__type__");
    return new Call(type.text().get(), List.of(), named);
  }

  private static BigDecimal every(Call call) throws LeftOut {
    Literal given = call.named().getOrDefault("run_every", call.named().get("every"));
    if (given == null && call.arguments().size() == 1) {
      given = call.arguments().get(0);
    }
    if (given != null && given.number().isPresent()) {
      return given.number().get();
    }
    if (given != null && given.call().filter(c -> c.name().equals("timedelta")).isPresent()) {
      return seconds(given.call().get());
    }
    throw new LeftOut("its interval is not read: write seconds");
  }

  private static BigDecimal seconds(Call timedelta) throws LeftOut {
    Map<String, Literal> named = new LinkedHashMap<>(timedelta.named());
    List<Literal> positions = timedelta.arguments();
    for (int i = 0; i < positions.size(); i++) {
      if (i > 1) {
        throw new LeftOut("name the arguments of timedelta");
      }
      named.put(i == 0 ? "days" : "seconds", positions.get(i));
    }
    BigDecimal sum = BigDecimal.ZERO;
    for (Map.Entry<String, Literal> each : named.entrySet()) {
      BigDecimal number =
          each.getValue().number().orElseThrow(() -> new LeftOut("a timedelta takes numbers"));
      if (each.getKey().equals("milliseconds")) {
        sum = sum.add(number.movePointLeft(3));
      } else if (SECONDS.containsKey(each.getKey())) {
        sum = sum.add(number.multiply(BigDecimal.valueOf(SECONDS.get(each.getKey()))));
      } else {
        throw new LeftOut("timedelta(" + each.getKey() + "=...) is not read");
      }
    }
    return sum;
  }

  private static void interval(BigDecimal seconds, Schedule.Builder into) throws LeftOut {
    into.getIntervalBuilder().setInterval(Durations.fromMillis(Intervals.millis(seconds)));
  }

  private static void crontab(Call call, ZoneId zone, Schedule.Builder into) throws LeftOut {
    Map<String, Literal> given = new LinkedHashMap<>(call.named());
    for (int i = 0; i < call.arguments().size() && i < POSITIONS.size(); i++) {
      if (given.put(POSITIONS.get(i), call.arguments().get(i)) != null) {
        throw new LeftOut(POSITIONS.get(i) + " is given twice");
      }
    }
    for (String name : given.keySet()) {
      if (!FIELDS.contains(name)) {
        throw new LeftOut("crontab(" + name + "=...) has no counterpart");
      }
    }
    String day = field(Field.DAY, given.get("day_of_month"));
    String weekday = field(Field.WEEKDAY, given.get("day_of_week"));
    if (!day.startsWith("*") && !weekday.startsWith("*")) {
      throw new LeftOut(
          "Celery runs it where day of month and day of week both fit, Tasklane where one does:"
              + " keep one of them");
    }
    String expression =
        String.join(
            " ",
            field(Field.MINUTE, given.get("minute")),
            field(Field.HOUR, given.get("hour")),
            day,
            field(Field.MONTH, given.get("month_of_year")),
            weekday);
    into.getCronBuilder().setExpression(expression).setTimeZone(zone.getId());
  }

  private static String field(Field field, Literal given) throws LeftOut {
    if (given == null) {
      return "*";
    }
    List<String> words = new ArrayList<>();
    for (Literal each : given.elements().orElse(List.of(given))) {
      words.add(word(each));
    }
    return CronText.field(field, String.join(",", words), 0);
  }

  private static String word(Literal given) throws LeftOut {
    return given
        .text()
        .or(() -> given.number().map(BigDecimal::toPlainString))
        .orElseThrow(() -> new LeftOut("a field of crontab() is no text and no number"));
  }
}
