package io.tasklane.schedule.calendar;

import io.tasklane.schedule.due.DueTimes;
import io.tasklane.schedule.due.InvalidScheduleException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * So long before or after each session opens or closes. Half days are due as well; whether they run
 * is decided later, so that they can be shown.
 *
 * @param calendar of the market
 * @param anchor which end of the session
 * @param offset added to it, negative for before; less than a day
 */
public record SessionTimes(MarketCalendar calendar, SessionAnchor anchor, Duration offset)
    implements DueTimes {
  private static final Duration LARGEST = Duration.ofDays(1);

  /** Checks the offset. */
  public SessionTimes {
    if (offset.abs().compareTo(LARGEST) >= 0) {
      throw new InvalidScheduleException(
          "session.offset", offset + " is not allowed: less than a day before or after is");
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws CalendarRangeException if the answer needs days that the calendar does not know
   */
  @Override
  public Optional<Instant> next(Instant after, Instant upTo) {
    return between(after, upTo).map(this::due).findFirst();
  }

  /**
   * {@inheritDoc}
   *
   * @throws CalendarRangeException if the answer needs days that the calendar does not know
   */
  @Override
  public long count(Instant after, Instant upTo) {
    return between(after, upTo).count();
  }

  /** The session that is due at that instant. */
  public Optional<Session> sessionDue(Instant due) {
    return between(due.minusNanos(1), due).findFirst();
  }

  @Override
  public Optional<Instant> knownUntil() {
    return Optional.of(calendar.end().plus(offset));
  }

  private Stream<Session> between(Instant after, Instant upTo) {
    LocalDate asked = calendar.dayOf(after.minus(offset));
    // A session may close on the day after it opened.
    LocalDate first = asked.isAfter(calendar.validFrom()) ? asked.minusDays(1) : asked;
    LocalDate last = calendar.dayOf(upTo.minus(offset));
    return Stream.iterate(first, day -> !day.isAfter(last), day -> day.plusDays(1))
        .flatMap(day -> calendar.sessionsOn(day).stream())
        .filter(session -> due(session).isAfter(after) && !due(session).isAfter(upTo));
  }

  private Instant due(Session session) {
    return anchor.of(session).plus(offset);
  }
}
