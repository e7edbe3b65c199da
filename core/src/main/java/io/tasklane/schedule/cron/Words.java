package io.tasklane.schedule.cron;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/** Numbers of fields as English words. */
final class Words {
  private static final int RUN_TO_SHORTEN = 3;

  private Words() {}

  /** The numbers of a field; three or more in a row as "Monday to Friday". */
  static String numbers(CronField field, IntFunction<String> word) {
    List<String> parts = new ArrayList<>();
    int[] numbers = field.numbers().toArray();
    for (int from = 0; from < numbers.length; ) {
      int to = from;
      while (to + 1 < numbers.length && numbers[to + 1] == numbers[to] + 1) {
        to++;
      }
      if (to - from + 1 >= RUN_TO_SHORTEN) {
        parts.add(word.apply(numbers[from]) + " to " + word.apply(numbers[to]));
      } else {
        for (int index = from; index <= to; index++) {
          parts.add(word.apply(numbers[index]));
        }
      }
      from = to + 1;
    }
    return and(parts);
  }

  static String and(List<String> parts) {
    int last = parts.size() - 1;
    return last == 0
        ? parts.get(0)
        : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
  }

  static String ordinal(int number) {
    boolean teen = number / 10 == 1;
    return number
        + switch (teen ? 0 : number % 10) {
          case 1 -> "st";
          case 2 -> "nd";
          case 3 -> "rd";
          default -> "th";
        };
  }

  /** Sunday is 0. */
  static String weekday(int number) {
    return DayOfWeek.of(number == 0 ? 7 : number).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  static String month(int number) {
    return Month.of(number).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }
}
