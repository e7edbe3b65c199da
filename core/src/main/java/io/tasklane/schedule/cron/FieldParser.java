package io.tasklane.schedule.cron;

import io.tasklane.schedule.due.InvalidScheduleException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses one field: a list of {@code *}, {@code a}, {@code a-b}, each with or without a step {@code
 * /n}; {@code a/n} is {@code a} to the greatest number in steps of n.
 */
final class FieldParser {
  private static final Pattern ITEM =
      Pattern.compile("(\\*|\\w{1,9})(?:-(\\w{1,9}))?(?:/(\\d{1,9}))?");

  private final CronUnit unit;
  private final String text;

  FieldParser(CronUnit unit, String text) {
    this.unit = unit;
    this.text = text;
  }

  CronField parse() {
    if (text.equals("?") && unit.isDay()) {
      return new CronField(unit, text, range(unit.first(), unit.last(), 1));
    }
    long bits = 0;
    for (String item : text.split(",", -1)) {
      bits |= item(item);
    }
    return new CronField(unit, text, bits);
  }

  private long item(String item) {
    Matcher parts = ITEM.matcher(item);
    if (!parts.matches() || parts.group(1).equals("*") && parts.group(2) != null) {
      throw wrong(item, specialOrNone(item));
    }
    boolean star = parts.group(1).equals("*");
    int from = star ? unit.first() : number(parts.group(1));
    int to = from;
    if (parts.group(2) != null) {
      to = endOfRange(item, from, parts.group(2));
    } else if (star || parts.group(3) != null) {
      to = unit.last();
    }
    // Days of the week reach to 7 in cron: */7 is Sundays, and lets the day of month fit as well.
    int span = unit == CronUnit.DAY_OF_WEEK && to - from == unit.last() ? 7 : to - from;
    return range(from, to, parts.group(3) == null ? 1 : step(item, span, parts.group(3)));
  }

  /** A range of weekdays may go past the end of the week, any other may not. */
  private int endOfRange(String item, int from, String word) {
    int to = number(word);
    if (unit == CronUnit.DAY_OF_WEEK) {
      boolean wholeWeek = from == 0 && word.equals("7") && !item.startsWith("7");
      return wholeWeek ? unit.last() : to < from ? to + 7 : to;
    }
    if (to < from) {
      throw wrong(
          item,
          String.format(
              "a range may not go down; write it as two, such as %d-%d,%d-%d",
              from, unit.last(), unit.first(), to));
    }
    return to;
  }

  private int step(String item, int span, String digits) {
    int step = Integer.parseInt(digits);
    if (step < 1 || step > span) {
      throw wrong(
          item,
          span == 0
              ? "a step needs a range"
              : "a step of 1 to " + span + " is, since a longer one would never be taken");
    }
    return step;
  }

  private int number(String word) {
    int number = unit.number(word);
    if (number < 0 && word.matches("\\d{1,9}")) {
      number = Integer.parseInt(word);
      number = unit == CronUnit.DAY_OF_WEEK && number == 7 ? 0 : number;
    }
    if (number < unit.first() || number > unit.last()) {
      throw wrong(word, specialOrNone(word));
    }
    return number;
  }

  private long range(int from, int to, int step) {
    int numbers = unit.last() - unit.first() + 1;
    long bits = 0;
    for (int number = from; number <= to; number += step) {
      bits |= 1L << unit.first() + (number - unit.first()) % numbers;
    }
    return bits;
  }

  private String specialOrNone(String item) {
    boolean special = unit.isDay() && item.matches("(?i).*(#|\\dL|^L|W).*");
    return special && unit.number(item) < 0 && !item.matches("(?i)W[a-z]{2}.*")
        ? "L, W and # are not supported; " + unit.allowed() + " are"
        : unit.allowed() + " are, in lists, ranges and steps";
  }

  private InvalidScheduleException wrong(String item, String allowed) {
    return new InvalidScheduleException(
        CronExpression.FIELD, "'" + item + "' is not allowed as " + unit.title() + ": " + allowed);
  }
}
