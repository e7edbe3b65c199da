package io.tasklane.schedule;

import io.tasklane.schedule.calendar.ClosedDays;
import io.tasklane.schedule.calendar.Closings;
import io.tasklane.schedule.calendar.MarketCalendar;
import io.tasklane.schedule.cron.CronExpression;
import io.tasklane.schedule.cron.CronTimes;
import io.tasklane.schedule.due.DstPolicy;
import io.tasklane.schedule.due.DueTimes;
import io.tasklane.schedule.due.InvalidScheduleException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * At the wall times of a cron expression.
 *
 * @param expression the wall times
 * @param zone in which they are meant
 * @param calendar if given, only its trading days run; the date is the one in the calendar's zone
 */
public record CronTrigger(CronExpression expression, ZoneId zone, Optional<MarketCalendar> calendar)
    implements Trigger {
  /**
   * A trigger as it is written.
   *
   * @param expression five or six fields, or a nickname
   * @param zone name of the time zone in the tz database, or an offset; empty means UTC
   * @throws InvalidScheduleException if one of them is not understood
   */
  public static CronTrigger of(String expression, String zone, Optional<MarketCalendar> calendar) {
    return new CronTrigger(CronExpression.parse(expression), zone(zone), calendar);
  }

  @Override
  public DueTimes times(DstPolicy policy, Instant anchor) {
    return new CronTimes(expression, zone, policy);
  }

  @Override
  public Closings closings() {
    return calendar.<Closings>map(ClosedDays::new).orElse(Closings.NONE);
  }

  @Override
  public String description() {
    String days = calendar.map(market -> ", on trading days of " + market.name()).orElse("");
    return expression.description() + " in " + zone + days;
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name.isEmpty() ? "UTC" : name);
    } catch (DateTimeException unknown) {
      throw new InvalidScheduleException(
          "cron.time_zone",
          "'" + name + "' is not allowed: a name of the tz database such as Europe/London is");
    }
  }
}
