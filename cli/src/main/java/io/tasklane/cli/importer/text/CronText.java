package io.tasklane.cli.importer.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fields of cron expressions, checked and in the spelling that Tasklane reads: numbers of weekdays
 * from 0 for Sunday, ranges that do not pass the end.
 */
public final class CronText {
  /** A field: its bounds, and the names that may stand for numbers. */
  public enum Field {
    SECOND(0, 59, ""),
    MINUTE(0, 59, ""),
    HOUR(0, 23, ""),
    DAY(1, 31, ""),
    MONTH(1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"),
    WEEKDAY(0, 7, "SUN MON TUE WED THU FRI SAT");

    private final int first;
    private final int last;
    private final List<String> names;

    Field(int first, int last, String names) {
      this.first = first;
      this.last = last;
      this.names = List.of(names.split(" "));
    }
  }

  private static final Pattern ITEM =
      Pattern.compile("(\\*|\\?|(\\w+)(?:-(\\w+))?)(?:/(\\d{1,3}))?");

  private CronText() {}

  /**
   * A field as Tasklane reads it.
   *
   * @param given as the other system writes it
   * @param sunday the number that the other system has for Sunday, 0 or 1
   * @throws LeftOut for what has no counterpart
   */
  public static String field(Field field, String given, int sunday) throws LeftOut {
    List<String> items = new ArrayList<>();
    for (String item : given.strip().split(",", -1)) {
      items.add(item(field, item.strip(), sunday));
    }
    return String.join(",", items);
  }

  private static String item(Field field, String given, int sunday) throws LeftOut {
    Matcher item = ITEM.matcher(given);
    if (!item.matches()) {
      throw refused(field, given);
    }
    String step = item.group(4) == null ? "" : "/" + item.group(4);
    if (step.equals("/0")) {
      throw refused(field, given);
    }
    if (item.group(2) == null) {
      return (step.isEmpty() ? item.group(1) : "*") + step;
    }
    int from = number(field, item.group(2), given, sunday);
    if (item.group(3) == null) {
      return step.isEmpty() ? "" + from : from + "-" + last(field) + step;
    }
    int to = number(field, item.group(3), given, sunday);
    if (from <= to || field == Field.WEEKDAY) {
      return from + "-" + to + step;
    }
    if (!step.isEmpty()) {
      throw new LeftOut(given + " passes the end of the range in steps: list the numbers");
    }
    return from + "-" + last(field) + "," + field.first + "-" + to;
  }

  private static int last(Field field) {
    return field == Field.WEEKDAY ? 6 : field.last;
  }

  private static int number(Field field, String word, String given, int sunday) throws LeftOut {
    int named = field.names.indexOf(word.toUpperCase(Locale.ROOT));
    if (named >= 0) {
      return named + field.first;
    }
    if (!word.matches("\\d{1,2}")) {
      throw refused(field, given);
    }
    int number = Integer.parseInt(word) - (field == Field.WEEKDAY ? sunday : 0);
    if (number < field.first || number > (sunday == 1 ? last(field) : field.last)) {
      throw refused(field, given);
    }
    return number;
  }

  private static LeftOut refused(Field field, String given) {
    String name = field.name().toLowerCase(Locale.ROOT);
    return new LeftOut(
        "\"" + given + "\" as the " + name + " has no counterpart: numbers, names, ranges, steps");
  }
}
