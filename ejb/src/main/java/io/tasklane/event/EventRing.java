package io.tasklane.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The newest events of the log, in its order. */
final class EventRing {
  private final LogEvent[] slots;
  private ResumeToken floor;
  private ResumeToken top;
  private long count;

  /**
   * An empty ring.
   *
   * @param capacity events kept
   * @param begin the position behind which the first event will be
   */
  EventRing(int capacity, ResumeToken begin) {
    slots = new LogEvent[capacity];
    floor = begin;
    top = begin;
  }

  synchronized void add(List<LogEvent> events) {
    for (LogEvent event : events) {
      int slot = (int) (count % slots.length);
      if (slots[slot] != null) {
        floor = slots[slot].token(floor.generation());
      }
      slots[slot] = event;
      top = event.token(floor.generation());
      count++;
    }
  }

  /** The position of the newest event. */
  synchronized ResumeToken top() {
    return top;
  }

  /** Events behind the position, empty where the position is older than what is kept. */
  synchronized Optional<List<LogEvent>> after(ResumeToken position, int limit) {
    if (position.compareTo(floor) < 0) {
      return Optional.empty();
    }
    long low = Math.max(0, count - slots.length);
    long high = count;
    while (low < high) { // the first event behind the position
      long middle = (low + high) >>> 1;
      if (at(middle).token(floor.generation()).compareTo(position) > 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    List<LogEvent> events = new ArrayList<>();
    for (long index = low; index < count && events.size() < limit; index++) {
      events.add(at(index));
    }
    return Optional.of(events);
  }

  private LogEvent at(long index) {
    return slots[(int) (index % slots.length)];
  }
}
