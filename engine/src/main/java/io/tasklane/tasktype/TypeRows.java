package io.tasklane.tasktype;

import static io.tasklane.database.Rows.instant;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.database.Rows;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.TaskType;
import io.tasklane.timeout.RequestedTimeouts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The rows of task types.
 *
 * @param connection to read and write on
 */
record TypeRows(Connection connection) {
  private static final String SELECT =
      """
      SELECT y.*, u.workers, greatest(y.last_seen_time, u.seen) AS seen
      FROM task_type y CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE w.state <= 3) AS workers, max(w.heartbeat_time) AS seen
        FROM worker w WHERE y.name = ANY (w.task_types)) u WHERE\s""";

  /** Two that register one new type at the same time come one after another. */
  private static final String CLAIM_NAME =
      """
      INSERT INTO task_type (name, revision, queues, description, input_schema, create_time,
          update_time)
      VALUES (:name, 0, '{}', '', '', clock_timestamp(), clock_timestamp())
      ON CONFLICT (name) DO NOTHING""";

  private static final String WRITE =
      """
      UPDATE task_type SET revision = :revision, queues = :queues, description = :description,
          input_schema = :input_schema, maximum_attempts = :maximum_attempts,
          initial_backoff_ms = :initial_backoff_ms, backoff_multiplier = :backoff_multiplier,
          maximum_backoff_ms = :maximum_backoff_ms, jitter = :jitter,
          permanent_codes = :permanent_codes, attempt_timeout_ms = :attempt_timeout_ms,
          queue_timeout_ms = :queue_timeout_ms, total_timeout_ms = :total_timeout_ms,
          cancel_grace_ms = :cancel_grace_ms, update_time = clock_timestamp()
      WHERE name = :name""";

  /** A row of revision 0 is about to be written by the transaction that has entered its name. */
  Optional<StoredType> find(String name) throws SQLException {
    return read("name = :name AND revision > 0", name);
  }

  private Optional<StoredType> read(String condition, String name) throws SQLException {
    return NamedSql.on(connection, SELECT + condition).set("name", name).first(TypeRows::stored);
  }

  /** The type, locked until the end of the transaction; empty where it is new, and named now. */
  Optional<StoredType> lockOrName(String name) throws SQLException {
    NamedSql.on(connection, CLAIM_NAME).set("name", name).update();
    return lock(name);
  }

  /** The type, locked until the end of the transaction. */
  Optional<StoredType> lock(String name) throws SQLException {
    return read("name = :name FOR UPDATE OF y", name).filter(type -> type.revision() > 0);
  }

  /** Types in the order of their names, after this one, at most so many. */
  List<StoredType> list(String after, int limit) throws SQLException {
    return NamedSql.on(
            connection, SELECT + "name > :after AND revision > 0 ORDER BY name LIMIT :limit")
        .set("after", after)
        .set("limit", limit)
        .list(TypeRows::stored);
  }

  void write(TaskType type, long revision) throws SQLException {
    Parameters parameters =
        NamedSql.on(connection, WRITE)
            .set("name", type.name())
            .set("revision", revision)
            .set("queues", "text", type.queues())
            .set("description", type.description())
            .set("input_schema", type.inputSchema());
    Optional<RetryPolicy> policy = type.retryPolicy();
    RequestedTimeouts limits = type.timeouts();
    number(parameters, "maximum_attempts", policy.map(p -> (long) p.maximumAttempts()));
    number(parameters, "initial_backoff_ms", policy.map(p -> p.initialBackoff().toMillis()));
    number(parameters, "maximum_backoff_ms", policy.map(p -> p.maximumBackoff().toMillis()));
    fraction(parameters, "backoff_multiplier", policy.map(RetryPolicy::multiplier));
    fraction(parameters, "jitter", policy.map(RetryPolicy::jitter));
    number(parameters, "attempt_timeout_ms", limits.attempt().map(Duration::toMillis));
    number(parameters, "queue_timeout_ms", limits.queue().map(Duration::toMillis));
    number(parameters, "total_timeout_ms", limits.total().map(Duration::toMillis));
    number(parameters, "cancel_grace_ms", limits.cancelGrace().map(Duration::toMillis));
    Object[] codes = policy.map(p -> p.permanentErrorCodes().toArray()).orElse(null);
    parameters.set("permanent_codes", "text", codes).update();
  }

  private static void number(Parameters parameters, String name, Optional<Long> value)
      throws SQLException {
    parameters.set(name, value.orElse(null));
  }

  private static void fraction(Parameters parameters, String name, Optional<Double> value)
      throws SQLException {
    parameters.set(name, value.orElse(null));
  }

  void delete(String name) throws SQLException {
    NamedSql.on(connection, "DELETE FROM task_type WHERE name = :name").set("name", name).update();
  }

  private static StoredType stored(ResultSet row) throws SQLException {
    boolean hasPolicy = row.getObject("maximum_attempts") != null;
    return new StoredType(
        new TaskType(
            row.getString("name"),
            List.of((String[]) row.getArray("queues").getArray()),
            row.getString("description"),
            row.getString("input_schema"),
            hasPolicy ? Optional.of(Rows.retryPolicy(row)) : Optional.empty(),
            new RequestedTimeouts(
                millis(row, "attempt_timeout_ms"),
                millis(row, "queue_timeout_ms"),
                millis(row, "total_timeout_ms"),
                millis(row, "cancel_grace_ms"))),
        row.getLong("revision"),
        instant(row, "create_time").orElseThrow(),
        instant(row, "update_time").orElseThrow(),
        row.getInt("workers"),
        instant(row, "seen"));
  }

  private static Optional<Duration> millis(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(value));
  }
}
