package io.tasklane.trading.source;

import io.tasklane.trading.calendar.TradingCalendar;
import java.time.Instant;
import java.time.LocalDate;

/**
 * The data as they are seen on one day.
 *
 * @param source where the bytes come from
 * @param asOf the day
 * @param instant the last instant seen: now if the day is today, else the end of the day
 * @param calendar when the exchange trades
 */
public record MarketView(Source source, LocalDate asOf, Instant instant, TradingCalendar calendar) {

  /** The session that is looked at: the day's own, or the last one before it. */
  public LocalDate session() {
    return calendar.onOrBefore(asOf);
  }

  /** When the session before that one closed: what happened later happened since the close. */
  public Instant previousClose() {
    return calendar.close(calendar.before(session()));
  }
}
