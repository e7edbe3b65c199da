package io.tasklane.event;

import io.tasklane.app.EventCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A reader of the log at its own pace; it holds a position and nothing else. */
final class TailCursor implements EventCursor {
  private final EventTail tail;
  private final Predicate<LogEvent> filter;
  private final Runnable wake;
  private ResumeToken position;

  TailCursor(EventTail tail, ResumeToken from, Predicate<LogEvent> filter, Runnable wake) {
    this.tail = tail;
    this.position = from;
    this.filter = filter;
    this.wake = wake;
  }

  void wake() {
    wake.run();
  }

  @Override
  public List<LogEvent> poll(int limit) {
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
