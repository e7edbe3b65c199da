package io.tasklane.event;

import io.tasklane.api.EventCursor;
import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.time.Until;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A log in an empty database, and the words tests use on it. */
final class LogBench {
  final Database database = Postgres.empty();

  LogBench() {
    database.with(
        connection -> {
          EventPartitions.keepAhead(connection);
          return null;
        });
  }

  /** A transaction that its opener commits. */
  Connection transaction() throws SQLException {
    Connection connection = database.open();
    connection.setAutoCommit(false);
    return connection;
  }

  /** Commits events with these subjects: subject-1 to subject-count. */
  void commit(String subject, int count) {
    commit(subject, count, "0", 0);
  }

  /**
   * Commits events of so long ago, with so much data each.
   *
   * @param ago an interval of PostgreSQL
   */
  void commit(String subject, int count, String ago, int bytes) {
    try (Connection connection = transaction()) {
      write(connection, subject, count, ago, bytes);
      connection.commit();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  static void write(Connection connection, String subject, int count, String ago, int bytes)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO task_event (xid, seq, time, kind, subject, event_type, data)"
                + " SELECT pg_current_xact_id()::text::bigint, nextval('event_seq'),"
                + " clock_timestamp() - ?::interval, 4, ? || '-' || i, 'test.event',"
                + " repeat('x', ?) FROM generate_series(1, ?) AS i ORDER BY i")) {
      statement.setString(1, ago);
      statement.setString(2, subject);
      statement.setInt(3, bytes);
      statement.setInt(4, count);
      statement.executeUpdate();
    }
  }

  /** Makes the partition of the day so long ago, as a server of that day had. */
  void partitionOf(int daysAgo) {
    Postgres.run(
        database,
        """
        DO $$ DECLARE day date := (clock_timestamp() AT TIME ZONE 'UTC')::date - %d; BEGIN
          EXECUTE format('CREATE TABLE task_event_%%s PARTITION OF task_event FOR VALUES FROM'
            ' (''%%s 00:00:00+00'') TO (''%%s 00:00:00+00'')',
            to_char(day, 'YYYY_MM_DD'), day, day + 1);
        END $$"""
            .formatted(daysAgo));
  }

  /** Reads until so many have come. */
  static List<String> readAll(EventCursor cursor, int count) {
    List<String> subjects = new ArrayList<>();
    Until.isTrue(
        count + " events",
        () -> {
          subjects.addAll(cursor.poll(1_000).stream().map(LogEvent::subject).toList());
          return subjects.size() >= count;
        });
    return subjects;
  }
}
