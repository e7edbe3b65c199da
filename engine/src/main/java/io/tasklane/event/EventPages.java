package io.tasklane.event;

import io.tasklane.api.EventOrder;
import io.tasklane.api.EventPage;
import io.tasklane.api.EventQuery;
import io.tasklane.database.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the log page by page, up to an end that the first page draws. */
public final class EventPages {
  /** A page ends early here, so that its answer stays far under the 4 MiB that clients take. */
  static final int MOST_DATA = 1024 * 1024;

  private static final int READ_AT_ONCE = 2_000;

  /** So many are read for one page where few of them fit; the client asks on. */
  private static final int READ_FOR_A_PAGE = 20_000;

  private final LogTable table;

  /**
   * Reads pages of a log.
   *
   * @param database where the log is
   * @param rows turns its rows into events
   */
  public EventPages(Database database, EventRows rows) {
    this.table = new LogTable(database, rows);
  }

  /** The next page; see {@link EventQuery}. */
  public EventPage read(EventQuery query) {
    ResumeToken end = query.end().orElseGet(() -> end(query));
    ResumeToken begin = query.begin().orElseGet(() -> begin(query));
    UnreadLog unread =
        query.order() == EventOrder.NEWEST_FIRST
            ? UnreadLog.newestFirst(begin, query.position().orElse(end))
            : UnreadLog.oldestFirst(query.position().orElse(begin), end);
    List<LogEvent> fitting = new ArrayList<>();
    boolean more = fill(query, unread, fitting);
    return new EventPage(fitting, unread.position(), begin, end, !more);
  }

  /** A position before every event of this time or later that is kept, though not by much. */
  public ResumeToken before(Instant time) {
    return table.positionBefore(time);
  }

  /** Whether there may be more than what now fills the page. */
  private boolean fill(EventQuery query, UnreadLog unread, List<LogEvent> fitting) {
    long data = 0;
    for (int read = 0; read < READ_FOR_A_PAGE; ) {
      List<LogEvent> events = unread.next(table, READ_AT_ONCE);
      if (events.isEmpty()) {
        unread.finish();
        return false;
      }
      read += events.size();
      for (LogEvent event : events) {
        boolean fits = query.filter().test(event);
        if (fits && isFull(query, fitting, data + event.data().length())) {
          return true;
        }
        unread.pass(event);
        if (fits) {
          data += event.data().length();
          fitting.add(event);
        }
      }
    }
    return true;
  }

  private static boolean isFull(EventQuery query, List<LogEvent> fitting, long data) {
    return fitting.size() == query.limit() || (!fitting.isEmpty() && data > MOST_DATA);
  }

  private ResumeToken begin(EventQuery query) {
    Optional<ResumeToken> bound = query.time().from().map(table::positionBefore);
    return bound.orElseGet(table::floor);
  }

  private ResumeToken end(EventQuery query) {
    Optional<ResumeToken> bound = query.time().until().map(table::positionAfter);
    return bound.orElseGet(table::end);
  }
}
