package io.tasklane.task.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.dependency.Dependency;
import io.tasklane.dependency.DependencyPolicy;
import io.tasklane.key.FencingToken;
import io.tasklane.key.TaskKey;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.Actor;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.task.Progress;
import io.tasklane.task.RunRules;
import io.tasklane.task.StartConditions;
import io.tasklane.task.Task;
import io.tasklane.task.TaskResult;
import io.tasklane.task.TaskSpec;
import io.tasklane.task.TaskStatus;
import io.tasklane.task.state.TaskState;
import io.tasklane.timeout.Timeouts;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A task is read as it stands in its row, in both formats of PostgreSQL's protocol. */
class TaskRowsTest {
  /** Once the driver has prepared a statement on the server, it asks for the binary format. */
  private static final int UNTIL_BINARY = 10;

  private static final String QUEUE =
      """
      INSERT INTO queue (name, maximum_attempts, initial_backoff_ms, backoff_multiplier,
          maximum_backoff_ms, jitter, attempt_timeout_ms, result_ttl_ms)
      VALUES ('Q', 1, 2, 3, 4, 0.5, 6, 7)""";

  private static final String FULL =
      """
      INSERT INTO task (id, move_xid, create_time, state_time, start_time, end_time,
          next_attempt_time, result_expire_time, fencing_token, revision, initial_backoff_ms,
          maximum_backoff_ms, backoff_multiplier, jitter, attempt_timeout_ms, result_ttl_ms, queue,
          version, state, priority, attempt, lost_count, lost_alone_count, maximum_attempts,
          failure_kind,
          result_partial, name, task_type, input_type, input, create_principal, node,
          permanent_codes, labels, progress, cancel_principal, cancel_reason, failure_code,
          failure_message, failure_trace, failure_time, result_type, result, dependencies,
          run_after, expire_time, deduplication_key, retry_of, ordering_key, resource_units,
          preemptible, queue_timeout_ms, total_timeout_ms, cancel_grace_ms, total_deadline, needed)
      SELECT 11, 12, '2026-03-01 00:00:01.000001Z', now(), '2026-03-01 00:00:02.020002Z',
          '2026-03-01 00:00:03.999999Z', '2026-03-01 00:00:04.123457Z',
          '1969-12-31 23:59:58.000001Z', 13, 14, 15, 16, 1.5, 0.25, 17, 18, id, 19, %d, 3, 4, 2, 1,
          5,
          %d, true, 'full', 'type', 'text/plain', 'in', 'user:ann', 'n1', '{A,B}',
          '{"desk": "rates"}',
          '{"completed_units": 1, "total_units": 2, "current_unit": "u", "message": "m",
            "update_time": "2026-03-01T00:00:05.000005Z"}',
          'user:bob', 'why', 'CODE', 'message', 'trace', '2026-03-01 00:00:06.600006Z',
          'text/csv', 'out', '[{"task": "first", "policy": %d, "input_key": "k"}]',
          '2026-03-01 00:00:07.000007Z', '2026-03-01 00:00:08.000008Z', 'once', 'original',
          'account', '{"feed": 2}', true, 21, 22, 23, '2026-03-01 00:00:09.000009Z', true
      FROM queue"""
          .formatted(
              TaskState.FAILED.code(),
              Failure.Kind.TIMEOUT.code(),
              DependencyPolicy.ON_SUCCESS.code());

  private static final String SPARSE =
      """
      INSERT INTO task (id, move_xid, create_time, state_time, revision, initial_backoff_ms,
          maximum_backoff_ms, backoff_multiplier, jitter, attempt_timeout_ms, result_ttl_ms, queue,
          version, state, priority, maximum_attempts, name, task_type, input_type, input,
          create_principal)
      SELECT 11, 12, '2026-03-01 00:00:01.000001Z', now(), 14, 15, 16, 1.5, 0.25, 17, 18, id, 1,
          %d, 3, 5, 'sparse', 'type', 'text/plain', '', 'user:ann'
      FROM queue"""
          .formatted(TaskState.QUEUED.code());

  private final Database database = Postgres.empty();

  @Test
  void a_row_with_every_column_is_read_whole() throws SQLException {
    Task expected =
        new Task(
            new TaskKey(11),
            time("00:00:01.000001").orElseThrow(),
            Optional.of("original"),
            "user:ann",
            new TaskSpec(
                "full",
                "Q",
                "type",
                payload("text/plain", "in"),
                new Priority(3),
                new RetryPolicy(
                    5, Duration.ofMillis(15), 1.5, Duration.ofMillis(16), 0.25, List.of("A", "B")),
                new Timeouts(
                    Duration.ofMillis(17),
                    Optional.of(Duration.ofMillis(21)),
                    Optional.of(Duration.ofMillis(22)),
                    Duration.ofMillis(23)),
                Duration.ofMillis(18),
                Map.of("desk", "rates"),
                new StartConditions(
                    List.of(new Dependency("first", DependencyPolicy.ON_SUCCESS, Optional.of("k"))),
                    time("00:00:07.000007"),
                    time("00:00:08.000008")),
                Optional.of("once"),
                new RunRules(Optional.of("account"), Map.of("feed", 2), true)),
            new TaskStatus(
                TaskState.FAILED,
                4,
                2,
                1,
                new FencingToken(13),
                "n1",
                Optional.of(new Progress(1, 2, "u", "m", time("00:00:05.000005").orElseThrow())),
                Optional.of(
                    new Failure(
                        Failure.Kind.TIMEOUT,
                        "CODE",
                        "message",
                        "trace",
                        time("00:00:06.600006").orElseThrow())),
                Optional.of(new Actor("user:bob", "why")),
                time("00:00:02.020002"),
                time("00:00:03.999999"),
                time("00:00:04.123457"),
                time("00:00:09.000009"),
                19,
                14,
                true,
                Duration.ZERO),
            new TaskResult(
                Optional.of(payload("text/csv", "out")),
                true,
                Optional.of(Instant.parse("1969-12-31T23:59:58.000001Z"))));
    assertIsRead(FULL, expected);
  }

  @Test
  void a_row_without_any_column_that_may_be_null_is_read_with_its_defaults() throws SQLException {
    Task expected =
        new Task(
            new TaskKey(11),
            time("00:00:01.000001").orElseThrow(),
            Optional.empty(),
            "user:ann",
            new TaskSpec(
                "sparse",
                "Q",
                "type",
                payload("text/plain", ""),
                new Priority(3),
                new RetryPolicy(
                    5, Duration.ofMillis(15), 1.5, Duration.ofMillis(16), 0.25, List.of()),
                Timeouts.ofAttempt(Duration.ofMillis(17)),
                Duration.ofMillis(18),
                Map.of(),
                StartConditions.NONE,
                Optional.empty(),
                RunRules.NONE),
            new TaskStatus(
                TaskState.QUEUED,
                0,
                0,
                0,
                new FencingToken(0),
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1,
                14,
                false,
                Duration.ZERO),
            new TaskResult(Optional.empty(), false, Optional.empty()));
    assertIsRead(SPARSE, expected);
  }

  @Test
  void a_statement_that_selects_other_columns_first_is_found_by_assertions() throws SQLException {
    Postgres.run(database, QUEUE);
    Postgres.run(database, SPARSE);
    try (Connection connection = database.read();
        PreparedStatement statement = connection.prepareStatement("SELECT * FROM task");
        ResultSet row = statement.executeQuery()) {
      row.next();
      assertThatThrownBy(() -> TaskRows.read(row)).isInstanceOf(AssertionError.class);
    }
  }

  private void assertIsRead(String insert, Task expected) throws SQLException {
    Postgres.run(database, QUEUE);
    Postgres.run(database, insert);
    try (Connection connection = database.read()) {
      TaskReader reader = new TaskReader(connection);
      for (int i = 0; i < UNTIL_BINARY; i++) {
        assertThat(reader.require(expected.taskId())).isEqualTo(expected);
      }
    }
  }

  private static Payload payload(String type, String text) {
    return new Payload(type, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<Instant> time(String ofDay) {
    return Optional.of(Instant.parse("2026-03-01T" + ofDay + "Z"));
  }
}
