package io.tasklane.app;

import io.tasklane.event.LogEvent;
import io.tasklane.event.ResumeToken;
import java.util.function.Predicate;

/** Where the event log is read, live and from any position that is still kept. */
public class EventDesk {
  /** The position behind the newest event that readers can see. */
  public ResumeToken now() {
    throw new IllegalStateException();
  }

  /**
   * Opens a reader behind this position.
   *
   * @param from position, everything after it is read
   * @param filter which events the reader wants
   * @param wake called, from any thread, when something new may be there; must return at once
   * @throws Refusal OUT_OF_RANGE: TOKEN_COMPACTED with the oldest valid token in the message, or
   *     INVALID_ARGUMENT: TOKEN_UNKNOWN for a position of another cluster
   */
  public EventCursor open(ResumeToken from, Predicate<LogEvent> filter, Runnable wake) {
    throw new IllegalStateException();
  }
}
