package io.tasklane.event;

import io.tasklane.api.EventCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * A reader of the log at its own pace; it holds a position and nothing else. The tail moves it past
 * what does not fit, so that events of others cost it a look and no thread.
 */
final class TailCursor implements EventCursor {
  private final EventTail tail;
  private final Predicate<LogEvent> filter;
  private final Runnable wake;
  private final ReentrantLock moving = new ReentrantLock();
  private volatile ResumeToken position;

  TailCursor(EventTail tail, ResumeToken from, Predicate<LogEvent> filter, Runnable wake) {
    this.tail = tail;
    this.position = from;
    this.filter = filter;
    this.wake = wake;
  }

  void wake() {
    wake.run();
  }

  /** What is new, on the tail's thread: between the position before it and the one behind it. */
  void tell(ResumeToken before, List<LogEvent> events, ResumeToken behind) {
    if (!passes(before, events, behind)) {
      wake.run();
    }
  }

  /** Whether it moved past these events because none fits; not where it has others to read. */
  private boolean passes(ResumeToken before, List<LogEvent> events, ResumeToken behind) {
    if (!moving.tryLock()) {
      return false; // its reader reads, from the table perhaps, and goes round again when woken
    }
    try {
      if (position.compareTo(before) < 0 || fitsOneOf(events)) {
        return false;
      }
      if (position.compareTo(behind) < 0) {
        position = behind;
      }
      return true;
    } finally {
      moving.unlock();
    }
  }

  private boolean fitsOneOf(List<LogEvent> events) {
    try {
      return events.stream().anyMatch(filter);
    } catch (RuntimeException fault) {
      return true; // its own reader meets it; the tail and the readers behind it must not
    }
  }

  @Override
  public List<LogEvent> poll(int limit) {
    moving.lock();
    try {
      return read(limit);
    } finally {
      moving.unlock();
    }
  }

  private List<LogEvent> read(int limit) {
    List<LogEvent> fitting = new ArrayList<>();
    long data = 0;
    while (true) {
      List<LogEvent> events = tail.after(position, limit);
      if (events.isEmpty()) {
        return fitting;
      }
      for (LogEvent event : events) {
        boolean fits = filter.test(event);
        data += fits ? event.data().length() : 0;
        if (fits && data > EventPages.MOST_DATA && !fitting.isEmpty()) {
          return fitting;
        }
        position = event.token(position.generation());
        if (fits) {
          fitting.add(event);
          if (fitting.size() == limit) {
            return fitting;
          }
        }
      }
    }
  }

  @Override
  public ResumeToken position() {
    return position;
  }

  @Override
  public void close() {
    tail.forget(this);
  }
}
