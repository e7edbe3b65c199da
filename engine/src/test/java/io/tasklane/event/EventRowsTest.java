package io.tasklane.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.key.TaskKey;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An event is read as it stands in its row, in both formats of PostgreSQL's protocol. */
class EventRowsTest {
  /** Once the driver has prepared a statement on the server, it asks for the binary format. */
  private static final int UNTIL_BINARY = 10;

  private static final int MOVED = 1;
  private static final int PUBLISHED = 4;
  private static final int REMOVED = 5;
  private static final Instant TIME = Instant.parse("2026-03-01T00:00:01.000001Z");

  private final Database database = Postgres.empty();

  @Test
  void a_move_is_read_with_every_column() throws SQLException {
    insert(
        """
        INSERT INTO task_event VALUES (11, 12, '2026-03-01 00:00:01.000001Z',
            '2026-03-01 00:00:02.999999Z', 13, 14, %d, %d, %d, %d, 2, 3, 4, 'tasks/t', 'type',
            'nodes/n1', 'CODE', NULL, NULL)"""
            .formatted(MOVED, Move.FAIL.code(), TaskState.RUNNING.code(), TaskState.FAILED.code()));
    assertIsRead(
        new LogEvent(
            11,
            12,
            LogEvent.TASK_STATE_CHANGED,
            "tasks/t",
            "Q14",
            Optional.of(
                new TaskChange(
                    new TaskKey(13),
                    "type",
                    3,
                    Optional.of(Move.FAIL),
                    Optional.of(TaskState.RUNNING),
                    TaskState.FAILED,
                    2,
                    4,
                    Optional.of(Instant.parse("2026-03-01T00:00:02.999999Z")),
                    Optional.empty())),
            "{\"queue\":\"queues/Q14\",\"task_type\":\"type\",\"state\":\"FAILED\",\"attempt\":2,"
                + "\"priority\":3,\"version\":4,\"previous_state\":\"RUNNING\",\"move\":\"FAIL\","
                + "\"failure_code\":\"CODE\"}",
            "nodes/n1",
            TIME));
  }

  @Test
  void a_skip_names_the_task_that_caused_it_and_not_where_a_former_version_wrote_it()
      throws SQLException {
    skip("tasks/need");
    assertThat(onlyData())
        .contains("\"caused_by\":\"tasks/need\"", "\"failure_code\":\"DEPENDENCY_NOT_MET\"");
    insert("DELETE FROM task_event");
    skip("DEPENDENCY_NOT_MET");
    assertThat(onlyData())
        .contains("\"failure_code\":\"DEPENDENCY_NOT_MET\"")
        .doesNotContain("caused_by");
  }

  private void skip(String data) {
    insert(
        """
        INSERT INTO task_event VALUES (11, 12, '2026-03-01 00:00:01.000001Z',
            '2026-03-01 00:00:02.999999Z', 13, 14, %d, %d, %d, %d, 0, 3, 4, 'tasks/t', 'type',
            'system:dependency', '%s', NULL, NULL)"""
            .formatted(
                MOVED,
                Move.RULE_OUT.code(),
                TaskState.BLOCKED.code(),
                TaskState.SKIPPED.code(),
                data));
  }

  private String onlyData() throws SQLException {
    try (Connection connection = database.read()) {
      EventReader reader = new EventReader(connection, AllEvents.rows(key -> "Q" + key));
      return reader
          .between(new ResumeToken("g", 0, 0), new ResumeToken("g", 100, 0), 10)
          .get(0)
          .data();
    }
  }

  @Test
  void a_published_event_is_read_with_its_type_and_id() throws SQLException {
    insert(
        """
        INSERT INTO task_event (xid, seq, time, kind, subject, actor, data, event_type, event_id)
        VALUES (11, 12, '2026-03-01 00:00:01.000001Z', %d, 'orders/1', 'user:ann', '{}',
            'order.filled', 'id-1')"""
            .formatted(PUBLISHED));
    assertIsRead(
        new LogEvent(
            11,
            12,
            "order.filled",
            "orders/1",
            "",
            Optional.empty(),
            "{}",
            "user:ann",
            TIME,
            "id-1",
            Optional.empty()));
  }

  @Test
  void a_removal_is_read_where_every_column_that_may_be_is_null() throws SQLException {
    insert(
        """
        INSERT INTO task_event (xid, seq, time, kind, to_state, version, subject)
        VALUES (11, 12, '2026-03-01 00:00:01.000001Z', %d, %d, 5, 'queues/Q')"""
            .formatted(REMOVED, TaskState.FAILED.code()));
    assertIsRead(
        new LogEvent(
            11,
            12,
            LogEvent.TASKS_REMOVED,
            "queues/Q",
            "",
            Optional.empty(),
            "{\"state\":\"FAILED\",\"count\":5,\"dead_letters\":0}",
            "",
            TIME,
            "",
            Optional.of(new Removal(TaskState.FAILED, 5, 0))));
  }

  private void insert(String sql) {
    Postgres.run(database, sql);
  }

  private void assertIsRead(LogEvent expected) throws SQLException {
    try (Connection connection = database.read()) {
      EventReader reader = new EventReader(connection, AllEvents.rows(key -> "Q" + key));
      for (int i = 0; i < UNTIL_BINARY; i++) {
        List<LogEvent> events =
            reader.between(new ResumeToken("g", 0, 0), new ResumeToken("g", 100, 0), 10);
        assertThat(events).containsExactly(expected);
      }
    }
  }

  @Test
  void a_row_that_cannot_be_read_is_passed_on_as_unknown_and_hides_no_other() throws SQLException {
    int unknownMove = 99;
    insert(
        """
        INSERT INTO task_event (xid, seq, time, kind, move, to_state, subject, actor, data)
        VALUES (11, 12, '2026-03-01 00:00:01.000001Z', %d, %d, %d, 'tasks/damaged', 'x', 'data')"""
            .formatted(MOVED, unknownMove, TaskState.FAILED.code()));
    insert(
        """
        INSERT INTO task_event (xid, seq, time, kind, to_state, version, subject)
        VALUES (11, 13, '2026-03-01 00:00:01.000001Z', %d, %d, 5, 'queues/Q')"""
            .formatted(REMOVED, TaskState.FAILED.code()));
    try (Connection connection = database.read()) {
      List<LogEvent> events =
          new EventReader(connection, AllEvents.rows(key -> "Q" + key))
              .between(new ResumeToken("g", 0, 0), new ResumeToken("g", 100, 0), 10);
      assertThat(events)
          .extracting(LogEvent::type)
          .containsExactly(EventRows.UNKNOWN, LogEvent.TASKS_REMOVED);
      assertThat(events.get(0).subject()).isEqualTo("tasks/damaged");
      assertThat(events.get(0).sequence()).isEqualTo(12);
    }
  }
}
