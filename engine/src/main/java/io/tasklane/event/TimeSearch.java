package io.tasklane.event;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds a time in the log by halving, because no index has the times: it needs some thirty looks
 * into the index of positions, however long the log is.
 *
 * <p>The log is ordered by the beginnings of transactions, and the times in it are those of their
 * statements. So a time is found to within how long a transaction lasts.
 *
 * @param connection to read on
 */
record TimeSearch(Connection connection) {
  /**
   * Longer than a transaction lasts, unless it waits for locks several times: who reads from so
   * long before a time, or until so long after it, misses no event of that time.
   */
  static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(30);

  private static final String NEXT =
      "SELECT xid, time FROM task_event WHERE xid > :xid ORDER BY xid, seq LIMIT 1";

  /** A position before every event of this time or later, though not by much. */
  ResumeToken before(Instant time) throws SQLException {
    return find(time.minus(LONGEST_TRANSACTION));
  }

  /** A position after every event of before this time, though not by much. */
  ResumeToken after(Instant time) throws SQLException {
    return find(time.plus(LONGEST_TRANSACTION));
  }

  private ResumeToken find(Instant time) throws SQLException {
    ResumeToken floor = EventReader.floor(connection);
    ResumeToken end = EventReader.end(connection);
    long before = floor.transaction();
    long notBefore = end.transaction();
    while (before < notBefore) {
      long middle = before + (notBefore - before) / 2;
      Optional<Long> earlier = next(middle, time);
      if (earlier.isPresent()) {
        before = Math.min(notBefore, earlier.get());
      } else {
        notBefore = middle;
      }
    }
    ResumeToken found = new ResumeToken(floor.generation(), before, Long.MAX_VALUE);
    if (before == floor.transaction()) {
      return floor;
    }
    return found.compareTo(end) < 0 ? found : end;
  }

  /** The transaction of the next event after this transaction, if that was before the time. */
  private Optional<Long> next(long xid, Instant time) throws SQLException {
    return NamedSql.on(connection, NEXT)
        .set("xid", xid)
        .first(
            row ->
                Rows.instant(row, "time").orElseThrow().isBefore(time) ? row.getLong("xid") : null);
  }
}
