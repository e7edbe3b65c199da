package io.tasklane.api;

import io.tasklane.event.LogEvent;
import io.tasklane.event.ResumeToken;
import java.util.List;

/**
 * A reader of the event log at its own pace. The server keeps no backlog for it: what it has not
 * read yet stays in the log. Not for use by several threads at once.
 */
public interface EventCursor extends AutoCloseable {
  /**
   * The next events that fit, at most so many and fewer where their data are large, empty if there
   * is nothing new. May read a table.
   *
   * @throws Refusal OUT_OF_RANGE: TOKEN_COMPACTED where events that it has not read are gone
   */
  List<LogEvent> poll(int limit);

  /** Everything up to here was read or did not fit; grows also when nothing fits. */
  ResumeToken position();

  /** Ends the wake-ups. */
  @Override
  void close();
}
