package io.tasklane.trading.source;

import io.tasklane.trading.calendar.TradingCalendar;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;

/** Opens the configured source for a day. */
public final class MarketData {
  private final Function<LocalDate, Source> opener;
  private final boolean endsAtClose;
  private final Optional<LocalDate> configuredDay;
  private final TradingCalendar calendar;
  private final Clock clock;

  private MarketData(
      Function<LocalDate, Source> opener,
      boolean endsAtClose,
      Optional<LocalDate> configuredDay,
      TradingCalendar calendar,
      Clock clock) {
    this.opener = opener;
    this.endsAtClose = endsAtClose;
    this.configuredDay = configuredDay;
    this.calendar = calendar;
    this.clock = clock;
  }

  /** A source that is the same on any day; without a configured day it is seen today. */
  public static MarketData of(
      Source source, Optional<LocalDate> day, TradingCalendar calendar, Clock clock) {
    return new MarketData(any -> source, false, day, calendar, clock);
  }

  /**
   * A source that is generated up to a session's close; without a configured day, or while today's
   * session is not over, it is seen on the day of the last close.
   */
  public static MarketData endingAtClose(
      Function<LocalDate, Source> opener,
      Optional<LocalDate> day,
      TradingCalendar calendar,
      Clock clock) {
    return new MarketData(opener, true, day, calendar, clock);
  }

  /** The view on the asked day, else on the configured one, else on today. */
  public MarketView on(Optional<LocalDate> asked) {
    Instant now = clock.instant();
    LocalDate today = now.atZone(TradingCalendar.ZONE).toLocalDate();
    LocalDate day = asked.or(() -> configuredDay).orElse(today);
    if (endsAtClose && day.equals(today)) {
      day = calendar.lastClosed(now);
    }
    Instant instant =
        day.equals(today) ? now : day.plusDays(1).atStartOfDay(TradingCalendar.ZONE).toInstant();
    return new MarketView(opener.apply(day), day, instant, calendar);
  }
}
