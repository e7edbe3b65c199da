package io.tasklane.api;

import io.tasklane.event.LogEvent;
import io.tasklane.event.ResumeToken;
import java.util.List;

/**
 * A page of the log.
 *
 * @param events those that match, in the order of the log; may be empty although more follow
 * @param position everything up to here was read
 * @param end of the whole list
 */
public record EventPage(List<LogEvent> events, ResumeToken position, ResumeToken end) {
  /** Whether this is the last page. */
  public boolean isLast() {
    return position.compareTo(end) >= 0;
  }
}
