package io.tasklane.api;

import io.tasklane.event.LogEvent;
import io.tasklane.event.ResumeToken;
import java.util.List;

/**
 * A reader of the event log at its own speed. The server keeps no backlog for it: what it has not
 * read yet stays in the log. Not thread-safe.
 */
public interface EventCursor extends AutoCloseable {
  /**
   * The next events that match, at most so many and fewer if their data are large; empty if there
   * is nothing new. May read a table.
   *
   * @throws Refusal OUT_OF_RANGE: TOKEN_COMPACTED if events that it has not read are gone
   */
  List<LogEvent> poll(int limit);

  /** Everything up to here was read or did not match; advances even if nothing matches. */
  ResumeToken position();

  /** Ends the wake-ups. */
  @Override
  void close();
}
