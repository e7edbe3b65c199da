package io.tasklane.schedule.calendar;

import io.tasklane.schedule.due.DueTimes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Only days with trading run: a due time is looked up by its date in the calendar's zone, whatever
 * the schedule's own zone is.
 *
 * @param calendar of the market
 */
public record ClosedDays(MarketCalendar calendar) implements Closings {
  @Override
  public Optional<String> reason(Instant due) {
    return calendar.closedReason(calendar.dayOf(due));
  }

  @Override
  public long count(DueTimes times, Instant after, Instant upTo) {
    if (!after.isBefore(upTo)) {
      return 0;
    }
    long count = 0;
    LocalDate last = calendar.dayOf(upTo);
    for (LocalDate day = calendar.dayOf(after); !day.isAfter(last); day = day.plusDays(1)) {
      if (calendar.closedReason(day).isPresent()) {
        Instant begin = calendar.startOf(day).minusNanos(1);
        Instant end = endOf(day);
        count += times.count(begin.isAfter(after) ? begin : after, end.isBefore(upTo) ? end : upTo);
      }
    }
    return count;
  }

  @Override
  public Instant sameReasonUntil(Instant due) {
    return endOf(calendar.dayOf(due));
  }

  @Override
  public Optional<Instant> knownUntil() {
    return Optional.of(calendar.end());
  }

  @Override
  public String endOfKnowledge() {
    return calendar.endOfKnowledge();
  }

  private Instant endOf(LocalDate day) {
    return calendar.startOf(day.plusDays(1)).minusNanos(1);
  }
}
