package io.tasklane.trigger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Events that are merged into one start. It begins with its first event and lasts as long as the
 * trigger says, whatever comes later; an event at the very end belongs to the next one.
 *
 * @param key what the events have in common
 * @param events in the order of the log, at least one
 * @param end the first moment that is no part of it
 */
public record CoalesceWindow(String key, List<TriggerEvent> events, Instant end) {
  /** Events of one window; a full one starts at once, and the next event opens another. */
  public static final int MAX_EVENTS = 1000;

  /**
   * Bytes of the data of its events, so that inputs made of all of them can be stored; likewise.
   */
  public static final long MAX_BYTES = 2L * 1024 * 1024;

  /** Copies the events. */
  public CoalesceWindow {
    events = List.copyOf(events);
  }

  static CoalesceWindow opening(String key, TriggerEvent first, Duration length) {
    return new CoalesceWindow(key, List.of(first), first.time().plus(length));
  }

  /**
   * Whether it takes this event. Times in the log may be some milliseconds out of order, so one
   * from before its first event belongs to it too.
   */
  public boolean takes(TriggerEvent event) {
    return event.time().isBefore(end) && !isFull();
  }

  /** Whether it takes no more. */
  public boolean isFull() {
    return events.size() >= MAX_EVENTS
        || events.stream().mapToLong(TriggerEvent::size).sum() >= MAX_BYTES;
  }

  /**
   * Whether its events are to start a workflow.
   *
   * @param seenUntil no event with an earlier time is unread in the log
   */
  public boolean isDue(Instant seenUntil) {
    return isFull() || !seenUntil.isBefore(end);
  }

  CoalesceWindow and(TriggerEvent event) {
    List<TriggerEvent> more = new ArrayList<>(events);
    more.add(event);
    return new CoalesceWindow(key, more, end);
  }
}
