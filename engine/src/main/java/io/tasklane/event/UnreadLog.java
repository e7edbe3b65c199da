package io.tasklane.event;

import io.tasklane.api.EventOrder;
import java.util.List;

/** The part of the log that a list has not read yet: it shrinks from one of its two ends. */
final class UnreadLog {
  private final EventOrder order;
  private ResumeToken from;
  private ResumeToken to;

  private UnreadLog(EventOrder order, ResumeToken from, ResumeToken to) {
    this.order = order;
    this.from = from;
    this.to = to;
  }

  /** What is after one position and up to another, read from its beginning. */
  static UnreadLog oldestFirst(ResumeToken from, ResumeToken to) {
    return new UnreadLog(EventOrder.OLDEST_FIRST, from, to);
  }

  /** What is after one position and up to another, read from its end. */
  static UnreadLog newestFirst(ResumeToken from, ResumeToken to) {
    return new UnreadLog(EventOrder.NEWEST_FIRST, from, to);
  }

  /** The next events, none at the end. */
  List<LogEvent> next(LogTable table, int limit) {
    return order == EventOrder.NEWEST_FIRST
        ? table.newest(from, to, limit)
        : table.between(from, to, limit);
  }

  /** This one, the next, has been read. */
  void pass(LogEvent event) {
    ResumeToken token = event.token(from.generation());
    if (order == EventOrder.NEWEST_FIRST) {
      to = new ResumeToken(token.generation(), token.transaction(), token.sequence() - 1);
    } else {
      from = token;
    }
  }

  /** All of it has been read. */
  void finish() {
    if (order == EventOrder.NEWEST_FIRST) {
      to = from;
    } else {
      from = to;
    }
  }

  /** Where the next page goes on. */
  ResumeToken position() {
    return order == EventOrder.NEWEST_FIRST ? to : from;
  }
}
