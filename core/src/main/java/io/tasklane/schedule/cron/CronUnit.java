package io.tasklane.schedule.cron;

import java.util.List;
import java.util.Locale;

/** The fields of an expression: their range, their names, and what they are called. */
enum CronUnit {
  SECOND("second", 0, 59, List.of()),
  MINUTE("minute", 0, 59, List.of()),
  HOUR("hour", 0, 23, List.of()),
  DAY_OF_MONTH("day of month", 1, 31, List.of()),
  MONTH(
      "month",
      1,
      12,
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
  /** Sunday is 0, as in cron, and 7 as well; Quartz counts from Sunday = 1. */
  DAY_OF_WEEK("day of week", 0, 6, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

  private final String title;
  private final int first;
  private final int last;
  private final List<String> names;

  CronUnit(String title, int first, int last, List<String> names) {
    this.title = title;
    this.first = first;
    this.last = last;
    this.names = names;
  }

  String title() {
    return title;
  }

  int first() {
    return first;
  }

  /** The greatest number; of days of the week 6, although 7 may be written for 0. */
  int last() {
    return last;
  }

  boolean isDay() {
    return this == DAY_OF_MONTH || this == DAY_OF_WEEK;
  }

  /** The number of a name in any case; -1 if it is none. */
  int number(String name) {
    int index = names.indexOf(name.toUpperCase(Locale.ROOT));
    return index < 0 ? -1 : first + index;
  }

  /** What may be written, for messages. */
  String allowed() {
    int greatest = this == DAY_OF_WEEK ? 7 : last;
    String numbers = first + " to " + greatest;
    return names.isEmpty() ? numbers : numbers + ", or " + String.join(", ", names);
  }
}
