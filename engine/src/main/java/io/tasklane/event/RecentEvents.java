package io.tasklane.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The newest events of the log, in its order: at most so many, and so much data. */
final class RecentEvents {
  private final LogEvent[] slots;
  private final long mostData;
  private ResumeToken floor;
  private ResumeToken top;
  private long first;
  private long end;
  private long data;

  /**
   * An empty ring.
   *
   * @param capacity events kept
   * @param mostData characters of data kept; the newest event stays, however large
   * @param begin the position behind which the first event will be
   */
  RecentEvents(int capacity, long mostData, ResumeToken begin) {
    this.slots = new LogEvent[capacity];
    this.mostData = mostData;
    this.floor = begin;
    this.top = begin;
  }

  synchronized void add(List<LogEvent> events) {
    for (LogEvent event : events) {
      if (end - first == slots.length) {
        dropOldest();
      }
      slots[slot(end)] = event;
      top = event.token(floor.generation());
      data += event.data().length();
      end++;
      while (data > mostData && end - first > 1) {
        dropOldest();
      }
    }
  }

  private void dropOldest() {
    LogEvent oldest = at(first);
    slots[slot(first)] = null;
    floor = oldest.token(floor.generation());
    data -= oldest.data().length();
    first++;
  }

  /** Forgets everything: what lies between its top and this position is gone. */
  synchronized void restart(ResumeToken position) {
    while (first < end) {
      dropOldest();
    }
    floor = position;
    top = position;
  }

  /** The position of the newest event. */
  synchronized ResumeToken top() {
    return top;
  }

  /** Whether everything behind this position is here. */
  synchronized boolean reachesBackTo(ResumeToken position) {
    return position.compareTo(floor) >= 0;
  }

  /** Characters of data that it holds. */
  synchronized long data() {
    return data;
  }

  /** Events behind the position, empty where the position is older than what is kept. */
  synchronized Optional<List<LogEvent>> after(ResumeToken position, int limit) {
    if (position.compareTo(floor) < 0) {
      return Optional.empty();
    }
    long low = first;
    long high = end;
    while (low < high) { // the first event behind the position
      long middle = (low + high) >>> 1;
      if (at(middle).token(floor.generation()).compareTo(position) > 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    List<LogEvent> events = new ArrayList<>();
    for (long index = low; index < end && events.size() < limit; index++) {
      events.add(at(index));
    }
    return Optional.of(events);
  }

  private LogEvent at(long index) {
    return slots[slot(index)];
  }

  private int slot(long index) {
    return (int) (index % slots.length);
  }
}
