package io.tasklane.api;

import io.tasklane.event.LogEvent;
import io.tasklane.event.ResumeToken;
import io.tasklane.filter.TimeRange;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which events a list shows.
 *
 * @param position of the page before; empty for the first page
 * @param begin position after which the list reads, as the page before said; empty for the first
 *     page, which looks for it
 * @param end position up to which the list reads, empty for the present
 * @param order which come first
 * @param filter which events to show; it also leaves out what is not within the time
 * @param time spares reading what is surely outside of it
 * @param limit maximum of events to return, at least 1
 */
public record EventQuery(
    Optional<ResumeToken> position,
    Optional<ResumeToken> begin,
    Optional<ResumeToken> end,
    EventOrder order,
    Predicate<LogEvent> filter,
    TimeRange time,
    int limit) {

  /** Of all times, in the order of the log. */
  public static EventQuery oldestFirst(
      Optional<ResumeToken> position,
      Optional<ResumeToken> end,
      Predicate<LogEvent> filter,
      int limit) {
    return new EventQuery(
        position, position, end, EventOrder.OLDEST_FIRST, filter, TimeRange.ALWAYS, limit);
  }
}
