package io.tasklane.schedule.cron;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A cron expression: which wall times it means, without a zone.
 *
 * <p>Day of month and day of week go together as in Vixie's cron, the one of Debian, since people
 * come from there: if neither of the two fields begins with {@code *} (or is {@code ?}), a day fits
 * when either fits; if one begins with it, both have to fit. So {@code 0 0 13 * 5} means the 13th
 * and every Friday.
 *
 * <p>Names of months and days may be in any case. Sunday is 0 or 7; ranges of weekdays may go past
 * the end of the week ({@code FRI-MON}), others may not. A step counts from the start of its range
 * and starts again there: {@code *}{@code /7} is minute 0, 7, ... 56, and then 0 of the next hour.
 */
public final class CronExpression {
  static final String FIELD = "cron.expression";

  /** The Gregorian calendar repeats dates and weekdays after 400 years. */
  private static final int CYCLE_YEARS = 400;

  private static final int DAY = 86_400;

  private final String text;
  private final CronField second;
  private final CronField minute;
  private final CronField hour;
  private final CronField dayOfMonth;
  private final CronField month;
  private final CronField dayOfWeek;
  private final boolean eitherDay;
  private final int perDay;

  CronExpression(
      String text,
      CronField second,
      CronField minute,
      CronField hour,
      CronField dayOfMonth,
      CronField month,
      CronField dayOfWeek) {
    this.text = text;
    this.second = second;
    this.minute = minute;
    this.hour = hour;
    this.dayOfMonth = dayOfMonth;
    this.month = month;
    this.dayOfWeek = dayOfWeek;
    this.eitherDay = !dayOfMonth.beginsWithStar() && !dayOfWeek.beginsWithStar();
    this.perDay = second.size() * minute.size() * hour.size();
  }

  /**
   * The expression that a text means.
   *
   * @throws io.tasklane.schedule.due.InvalidScheduleException if it means none, or one whose day
   *     never comes, such as 30 February
   */
  public static CronExpression parse(String text) {
    return CronParser.parse(text);
  }

  /** As it was written. */
  public String text() {
    return text;
  }

  /** What it means, in English, without a zone: "at 00:00 on the 13th and on every Friday". */
  public String description() {
    return new CronDescription(this).toString();
  }

  /** Whether it runs in all 24 hours of a day, and so does not name its hours. */
  public boolean isEveryHour() {
    return hour.allowsAll();
  }

  /** Whether it means some time of that day. */
  boolean meets(LocalDate day) {
    if (!month.allows(day.getMonthValue())) {
      return false;
    }
    boolean inMonth = dayOfMonth.allows(day.getDayOfMonth());
    boolean inWeek = dayOfWeek.allows(day.getDayOfWeek().getValue() % 7);
    return eitherDay ? inMonth || inWeek : inMonth && inWeek;
  }

  /**
   * The first wall time it means that is not before the one and is before the other, both in whole
   * seconds.
   */
  Optional<LocalDateTime> first(LocalDateTime from, LocalDateTime before) {
    LocalDate day = from.toLocalDate();
    int earliest = secondOfDay(from);
    while (day.atStartOfDay().isBefore(before)) {
      int found = meets(day) ? firstSecond(earliest) : -1;
      if (found >= 0) {
        LocalDateTime time = day.atTime(LocalTime.ofSecondOfDay(found));
        return time.isBefore(before) ? Optional.of(time) : Optional.empty();
      }
      day = month.allows(day.getMonthValue()) ? day.plusDays(1) : firstOfNextMonth(day);
      earliest = 0;
    }
    return Optional.empty();
  }

  /** How many wall times it means that are not before the one and before the other. */
  long count(LocalDateTime from, LocalDateTime before) {
    if (!from.isBefore(before)) {
      return 0;
    }
    LocalDate last = before.toLocalDate();
    long count = meets(last) ? secondsBefore(secondOfDay(before)) : 0;
    for (LocalDate day = from.toLocalDate(); day.isBefore(last); day = day.plusDays(1)) {
      count += meets(day) ? perDay : 0;
    }
    return count - (meets(from.toLocalDate()) ? secondsBefore(secondOfDay(from)) : 0);
  }

  boolean everComes() {
    LocalDateTime start = LocalDate.of(2000, 1, 1).atStartOfDay();
    return first(start, start.plusYears(CYCLE_YEARS)).isPresent();
  }

  CronField field(CronUnit unit) {
    return switch (unit) {
      case SECOND -> second;
      case MINUTE -> minute;
      case HOUR -> hour;
      case DAY_OF_MONTH -> dayOfMonth;
      case MONTH -> month;
      case DAY_OF_WEEK -> dayOfWeek;
    };
  }

  /** Whether a day fits as soon as one of its two fields does. */
  boolean eitherDay() {
    return eitherDay;
  }

  /** How many times it means on a day that it meets. */
  int perDay() {
    return perDay;
  }

  private int firstSecond(int earliest) {
    if (earliest >= DAY) {
      return -1;
    }
    int h = hour.nextOrSame(earliest / 3_600);
    if (h < 0) {
      return -1;
    }
    if (h > earliest / 3_600) {
      return h * 3_600 + minute.smallest() * 60 + second.smallest();
    }
    int m = minute.nextOrSame(earliest / 60 % 60);
    int s = m == earliest / 60 % 60 ? second.nextOrSame(earliest % 60) : second.smallest();
    if (m >= 0 && s < 0) {
      m = minute.nextOrSame(m + 1);
      s = second.smallest();
    }
    return m < 0 ? firstSecond((h + 1) * 3_600) : h * 3_600 + m * 60 + s;
  }

  /** How many of the day's times are before that second of the day. */
  private long secondsBefore(int secondOfDay) {
    int h = secondOfDay / 3_600;
    int m = secondOfDay / 60 % 60;
    long inHour =
        (long) minute.below(m) * second.size()
            + (minute.allows(m) ? second.below(secondOfDay % 60) : 0);
    return (long) hour.below(h) * minute.size() * second.size() + (hour.allows(h) ? inHour : 0);
  }

  private static int secondOfDay(LocalDateTime time) {
    return time.toLocalTime().toSecondOfDay();
  }

  private static LocalDate firstOfNextMonth(LocalDate day) {
    return day.withDayOfMonth(1).plus(1, ChronoUnit.MONTHS);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CronExpression that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
