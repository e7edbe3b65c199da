package io.tasklane.database;

import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.Failure;
import io.tasklane.task.Timeouts;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads values that several tables have in common. */
public final class Rows {
  private Rows() {}

  /** A timestamp column. */
  public static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    Timestamp value = row.getTimestamp(column);
    return value == null ? Optional.empty() : Optional.of(value.toInstant());
  }

  /** A text column. */
  public static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  /** PostgreSQL's text cannot hold U+0000; people see the replacement character instead. */
  public static String storable(String text) {
    return text == null ? null : text.replace('\u0000', '\uFFFD');
  }

  /**
   * The columns of a failure, which tasks and attempts have alike.
   *
   * @param timeColumn when it failed
   */
  public static Optional<Failure> failure(ResultSet row, String timeColumn) throws SQLException {
    int kind = row.getInt("failure_kind");
    if (kind == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Failure(
            Failure.Kind.of(kind),
            row.getString("failure_code"),
            row.getString("failure_message"),
            row.getString("failure_trace"),
            instant(row, timeColumn).orElseThrow()));
  }

  /** The columns of a retry policy, which tasks and queues have alike. */
  public static RetryPolicy retryPolicy(ResultSet row) throws SQLException {
    Array codes = row.getArray("permanent_codes");
    return new RetryPolicy(
        row.getInt("maximum_attempts"),
        Duration.ofMillis(row.getLong("initial_backoff_ms")),
        row.getDouble("backoff_multiplier"),
        Duration.ofMillis(row.getLong("maximum_backoff_ms")),
        row.getDouble("jitter"),
        codes == null ? List.of() : List.of((String[]) codes.getArray()));
  }

  /** The columns of time limits, which tasks and queues have alike. */
  public static Timeouts timeouts(ResultSet row) throws SQLException {
    return new Timeouts(
        Duration.ofMillis(row.getLong("attempt_timeout_ms")),
        millis(row, "queue_timeout_ms"),
        millis(row, "total_timeout_ms"),
        millis(row, "cancel_grace_ms").orElse(Timeouts.DEFAULT_CANCEL_GRACE));
  }

  private static Optional<Duration> millis(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(value));
  }
}
