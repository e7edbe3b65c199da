package io.tasklane.database;

import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.Failure;
import io.tasklane.timeout.Timeouts;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads values that several tables have in common, by the names of their columns or by indexes. */
public final class Rows {
  /** The columns of a retry policy, which tasks and queues have alike. */
  public static final List<String> RETRY_POLICY =
      List.of(
          "maximum_attempts",
          "initial_backoff_ms",
          "backoff_multiplier",
          "maximum_backoff_ms",
          "jitter",
          "permanent_codes");

  /** The columns of time limits, which tasks and queues have alike. */
  public static final List<String> TIMEOUTS =
      List.of("attempt_timeout_ms", "queue_timeout_ms", "total_timeout_ms", "cancel_grace_ms");

  private Rows() {}

  /** A timestamp column. */
  public static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return instant(row, row.findColumn(column));
  }

  /**
   * A timestamp column. Of what the driver offers, this is the cheapest in its binary format: half
   * of what an OffsetDateTime costs.
   */
  public static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
    Timestamp value = row.getTimestamp(column);
    return value == null ? Optional.empty() : Optional.of(value.toInstant());
  }

  /** A text column. */
  public static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  /** A text column. */
  public static Optional<String> text(ResultSet row, int column) throws SQLException {
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
  public static List<String> failure(String timeColumn) {
    return List.of("failure_kind", "failure_code", "failure_message", "failure_trace", timeColumn);
  }

  /**
   * A failure.
   *
   * @param timeColumn when it failed
   */
  public static Optional<Failure> failure(ResultSet row, String timeColumn) throws SQLException {
    return failure(row, find(row, failure(timeColumn)));
  }

  /**
   * A failure.
   *
   * @param at where its columns are
   */
  public static Optional<Failure> failure(ResultSet row, int[] at) throws SQLException {
    int kind = row.getInt(at[0]);
    if (kind == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Failure(
            Failure.Kind.of(kind),
            row.getString(at[1]),
            row.getString(at[2]),
            row.getString(at[3]),
            instant(row, at[4]).orElseThrow()));
  }

  /** A retry policy. */
  public static RetryPolicy retryPolicy(ResultSet row) throws SQLException {
    return retryPolicy(row, find(row, RETRY_POLICY));
  }

  /**
   * A retry policy.
   *
   * @param at where its columns are
   */
  public static RetryPolicy retryPolicy(ResultSet row, int[] at) throws SQLException {
    Array codes = row.getArray(at[5]);
    return new RetryPolicy(
        row.getInt(at[0]),
        Duration.ofMillis(row.getLong(at[1])),
        row.getDouble(at[2]),
        Duration.ofMillis(row.getLong(at[3])),
        row.getDouble(at[4]),
        codes == null ? List.of() : List.of((String[]) codes.getArray()));
  }

  /** Time limits. */
  public static Timeouts timeouts(ResultSet row) throws SQLException {
    return timeouts(row, find(row, TIMEOUTS));
  }

  /**
   * Time limits.
   *
   * @param at where their columns are
   */
  public static Timeouts timeouts(ResultSet row, int[] at) throws SQLException {
    return new Timeouts(
        Duration.ofMillis(row.getLong(at[0])),
        millis(row, at[1]),
        millis(row, at[2]),
        millis(row, at[3]).orElse(Timeouts.DEFAULT_CANCEL_GRACE));
  }

  private static Optional<Duration> millis(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(value));
  }

  private static int[] find(ResultSet row, List<String> columns) throws SQLException {
    int[] at = new int[columns.size()];
    for (int i = 0; i < at.length; i++) {
      at[i] = row.findColumn(columns.get(i));
    }
    return at;
  }
}
