package io.tasklane.event;

import io.tasklane.api.EventPage;
import io.tasklane.api.EventQuery;
import io.tasklane.database.Database;
import java.util.ArrayList;
import java.util.List;

/** Reads the log page by page, up to an end that the first page draws. */
public final class EventPages {
  /** A page ends early here, so that its answer stays far under the 4 MiB that clients take. */
  static final int MOST_DATA = 1024 * 1024;

  private static final int READ_AT_ONCE = 2_000;

  /** So many are read for one page where few of them fit; the client asks on. */
  private static final int READ_FOR_A_PAGE = 20_000;

  private final LogTable table;

  /** Of the log in this database; the second reads its rows. */
  public EventPages(Database database, EventRows rows) {
    this.table = new LogTable(database, rows);
  }

  /** The next page; see {@link EventQuery}. */
  public EventPage read(EventQuery query) {
    ResumeToken end = query.end().orElseGet(table::end);
    ResumeToken position = query.after().orElseGet(table::floor);
    List<LogEvent> fitting = new ArrayList<>();
    long data = 0;
    for (int read = 0; read < READ_FOR_A_PAGE; ) {
      List<LogEvent> events = table.between(position, end, READ_AT_ONCE);
      if (events.isEmpty()) {
        return new EventPage(fitting, end, end);
      }
      read += events.size();
      for (LogEvent event : events) {
        boolean fits = query.filter().test(event);
        if (fits && isFull(query, fitting, data + event.data().length())) {
          return new EventPage(fitting, position, end);
        }
        position = event.token(position.generation());
        if (fits) {
          data += event.data().length();
          fitting.add(event);
        }
      }
    }
    return new EventPage(fitting, position, end);
  }

  private static boolean isFull(EventQuery query, List<LogEvent> fitting, long data) {
    return fitting.size() == query.limit() || (!fitting.isEmpty() && data > MOST_DATA);
  }
}
