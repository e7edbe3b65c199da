package io.tasklane.event;

import io.tasklane.api.Refusal;
import io.tasklane.database.Database;
import java.time.Instant;
import java.util.List;

/**
 * The log in its table, for those who read what is no longer in memory. Never a silent gap: whether
 * a position is still kept is looked up after the read, so that a compaction that comes between is
 * noticed.
 *
 * @param database where it is
 * @param rows reads its rows
 */
record LogTable(Database database, EventRows rows) {

  /**
   * Events after one position and up to another, fewer than asked for where their data are large.
   *
   * @throws Refusal OUT_OF_RANGE: TOKEN_COMPACTED where events after the position are gone
   */
  List<LogEvent> between(ResumeToken from, ResumeToken to, int limit) {
    return database.with(
        connection -> {
          List<LogEvent> events = new EventReader(connection, rows).between(from, to, limit);
          requireKept(EventReader.floor(connection), from);
          return events;
        });
  }

  /**
   * The last events after one position and up to another, the newest first; fewer than asked for
   * where their data are large. What is compacted meanwhile is at the end of such a list, which
   * then ends there.
   */
  List<LogEvent> newest(ResumeToken from, ResumeToken to, int limit) {
    return database.with(connection -> new EventReader(connection, rows).newest(from, to, limit));
  }

  /** A position before every event of this time or later that is kept, though not by much. */
  ResumeToken positionBefore(Instant time) {
    return database.with(connection -> new TimeSearch(connection).before(time));
  }

  /** A position after every event of before this time, though not by much. */
  ResumeToken positionAfter(Instant time) {
    return database.with(connection -> new TimeSearch(connection).after(time));
  }

  /**
   * Passes a position that can be read from.
   *
   * @throws Refusal OUT_OF_RANGE: TOKEN_COMPACTED where events after the position are gone
   */
  void requireKept(ResumeToken position) {
    database.with(
        connection -> {
          requireKept(EventReader.floor(connection), position);
          return null;
        });
  }

  /** The oldest position to read from. */
  ResumeToken floor() {
    return database.with(EventReader::floor);
  }

  /** The position after everything that has ended by now. */
  ResumeToken end() {
    return database.with(EventReader::end);
  }

  private static void requireKept(ResumeToken floor, ResumeToken position) {
    if (position.compareTo(floor) < 0) {
      throw Refusal.compacted(position, floor);
    }
  }
}
