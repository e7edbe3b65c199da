package io.tasklane.schedule.cron;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in English what an expression means. */
final class CronDescription {
  private static final int TIMES_TO_LIST = 6;
  private static final int DAYS_OF_EVERY_MONTH = 28;

  private final CronExpression expression;

  CronDescription(CronExpression expression) {
    this.expression = expression;
  }

  @Override
  public String toString() {
    return Stream.of(time(), days(), months())
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private String time() {
    if (expression.perDay() <= TIMES_TO_LIST) {
      return "at " + Words.and(times());
    }
    List<String> parts = new ArrayList<>();
    CronField second = field(CronUnit.SECOND);
    if (second.bits() != 1) {
      parts.add(each(second));
    }
    CronField minute = field(CronUnit.MINUTE);
    if (!minute.allowsAll() || second.bits() == 1) {
      parts.add(each(minute));
    }
    if (!expression.isEveryHour()) {
      parts.add(each(field(CronUnit.HOUR)));
    } else if (!minute.beginsWithStar()) {
      parts.add("every hour");
    }
    return String.join(" of ", parts);
  }

  private List<String> times() {
    List<String> times = new ArrayList<>();
    field(CronUnit.HOUR)
        .numbers()
        .forEach(
            hour ->
                field(CronUnit.MINUTE)
                    .numbers()
                    .forEach(
                        minute ->
                            field(CronUnit.SECOND)
                                .numbers()
                                .forEach(
                                    s -> times.add(LocalTime.of(hour, minute, s).toString()))));
    return times;
  }

  /** "every minute", "every 7 minutes from 0 to 56", "minutes 5 and 35". */
  private static String each(CronField field) {
    String unit = field.unit().title();
    if (field.allowsAll()) {
      return "every " + unit;
    }
    if (field.text().matches("\\*/\\d+")) {
      int step = Integer.parseInt(field.text().substring(2));
      int numbers = field.unit().last() + 1;
      int last = (field.size() - 1) * step;
      String every = "every " + step + " " + unit + "s";
      return numbers % step == 0 ? every : every + " from 0 to " + last + " and again from 0";
    }
    return unit + (field.size() > 1 ? "s " : " ") + Words.numbers(field, String::valueOf);
  }

  private String days() {
    CronField month = field(CronUnit.DAY_OF_MONTH);
    CronField week = field(CronUnit.DAY_OF_WEEK);
    String some = month.smallest() > DAYS_OF_EVERY_MONTH ? " of months that have it" : "";
    String inMonth =
        month.allowsAll() ? "" : "on the " + Words.numbers(month, Words::ordinal) + some;
    String inWeek = week.allowsAll() ? "" : "on every " + Words.numbers(week, Words::weekday);
    if (expression.eitherDay()) {
      return inMonth.isEmpty() || inWeek.isEmpty() ? "every day" : inMonth + " and " + inWeek;
    }
    if (inMonth.isEmpty() && inWeek.isEmpty()) {
      return field(CronUnit.MONTH).allowsAll() && expression.perDay() > TIMES_TO_LIST
          ? ""
          : "every day";
    }
    return inMonth.isEmpty() || inWeek.isEmpty()
        ? inMonth + inWeek
        : inWeek + " that is " + inMonth.substring("on ".length());
  }

  private String months() {
    CronField month = field(CronUnit.MONTH);
    return month.allowsAll() ? "" : "in " + Words.numbers(month, Words::month);
  }

  private CronField field(CronUnit unit) {
    return expression.field(unit);
  }
}
