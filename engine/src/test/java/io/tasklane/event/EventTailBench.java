package io.tasklane.event;

import io.tasklane.api.EventCursor;
import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.fault.Faults;
import io.tasklane.time.Ticker;
import io.tasklane.time.Until;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;

/** A tail of an event log that the test writes. */
abstract class EventTailBench {
  /** More than the tail keeps in memory. */
  static final int MANY = 20_000;

  final Database database = Postgres.empty();
  final EventTail tail =
      new EventTail(database, AllEvents.rows(key -> "Q"), Thread::new, Faults.here());

  @AfterEach
  void close() {
    tail.close();
  }

  /** Whether the calling thread is the tail's, has read the table and has not yet noted when. */
  static boolean isAfterRead() {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("readOnce")));
  }

  void commitOwn(EventTail woken) {
    try {
      commit("own", 1);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
    woken.wake();
  }

  EventTail quick(AtomicLong nanos) {
    return new EventTail(
        database,
        AllEvents.rows(key -> "Q"),
        Thread::new,
        Faults.here(),
        nanos::get,
        Duration.ofMillis(20));
  }

  EventCursor ofMine(AtomicInteger wakes) {
    return tail.open(
        tail.now(), event -> event.subject().startsWith("mine"), wakes::incrementAndGet);
  }

  EventCursor open(ResumeToken from, String prefix) {
    return tail.open(from, event -> event.subject().startsWith(prefix), () -> {});
  }

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

  static List<String> first(EventCursor cursor, int count) {
    List<String> subjects = new ArrayList<>();
    Until.isTrue(
        count + " events",
        () -> {
          List<LogEvent> events = cursor.poll(count - subjects.size());
          subjects.addAll(events.stream().map(LogEvent::subject).toList());
          return subjects.size() == count;
        });
    return subjects;
  }

  /** What a reader sees while the tail has time to look at the log several times. */
  List<String> seenMeanwhile(EventCursor cursor) {
    List<String> subjects = new ArrayList<>();
    long begin = Ticker.SYSTEM.nanos();
    while (Ticker.SYSTEM.since(begin).toMillis() < 200) { // it looks every 20 ms, and is woken
      subjects.addAll(cursor.poll(100).stream().map(LogEvent::subject).toList());
      Thread.onSpinWait();
    }
    return subjects;
  }

  Connection transaction() throws SQLException {
    Connection connection = database.open();
    connection.setAutoCommit(false);
    return connection;
  }

  void commit(String subject, int count) throws SQLException {
    try (Connection connection = transaction()) {
      write(connection, subject, count);
      connection.commit();
    }
    tail.wake();
  }

  static void write(Connection connection, String subject, int count) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO task_event (xid, seq, time, queue, kind, version, subject, actor, data)"
                + " SELECT pg_current_xact_id()::text::bigint, nextval('event_seq'), now(), 1, 3,"
                + " 1, ? || '-' || i, 'test', '{}' FROM generate_series(1, ?) AS i ORDER BY i")) {
      statement.setString(1, subject);
      statement.setInt(2, count);
      statement.executeUpdate();
    }
  }
}
