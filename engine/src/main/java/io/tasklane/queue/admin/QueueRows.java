package io.tasklane.queue.admin;

import io.tasklane.commit.Batch;
import io.tasklane.commit.Intake;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.QueueState;
import io.tasklane.retry.RetryPolicy;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Writes the rows of a new queue. */
final class QueueRows {
  /**
   * Reuses the row of a deleted queue of that name; the row of an existing queue is not changed.
   */
  private static final String MAKE =
      """
      WITH made AS (
        INSERT INTO queue (maximum_attempts, initial_backoff_ms, backoff_multiplier,
            maximum_backoff_ms, jitter, permanent_codes, attempt_timeout_ms, result_ttl_ms,
            aging_ms, durability, key_retry, queue_timeout_ms, total_timeout_ms, cancel_grace_ms,
            name)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET maximum_attempts = EXCLUDED.maximum_attempts,
            initial_backoff_ms = EXCLUDED.initial_backoff_ms,
            backoff_multiplier = EXCLUDED.backoff_multiplier,
            maximum_backoff_ms = EXCLUDED.maximum_backoff_ms, jitter = EXCLUDED.jitter,
            permanent_codes = EXCLUDED.permanent_codes,
            attempt_timeout_ms = EXCLUDED.attempt_timeout_ms,
            result_ttl_ms = EXCLUDED.result_ttl_ms, aging_ms = EXCLUDED.aging_ms,
            durability = EXCLUDED.durability, key_retry = EXCLUDED.key_retry,
            queue_timeout_ms = EXCLUDED.queue_timeout_ms,
            total_timeout_ms = EXCLUDED.total_timeout_ms,
            cancel_grace_ms = EXCLUDED.cancel_grace_ms,
            create_time = EXCLUDED.create_time, intake = EXCLUDED.intake, delete_time = NULL
          WHERE queue.intake = %1$d
        RETURNING id, name),
      owned AS (
        INSERT INTO queue_owner (queue, state, concurrency) SELECT id, %2$d, ? FROM made
        ON CONFLICT (queue) DO UPDATE SET state = EXCLUDED.state,
            concurrency = EXCLUDED.concurrency, version = queue_owner.version + 1,
            pause_principal = NULL, pause_reason = NULL, pause_time = NULL
        RETURNING queue, version),
      changed AS (
        SELECT m.id, m.name, o.version, ?::text AS actor, '%3$s' AS data
        FROM made m JOIN owned o ON o.queue = m.id)
      %4$s
      RETURNING queue"""
          .formatted(
              Intake.CLOSED.code(),
              QueueState.ACTIVE.code(),
              QueueEvents.data(QueueState.ACTIVE, "CREATED"),
              QueueEvents.LOGGED);

  private QueueRows() {}

  /** Creates a queue. Returns the key of its row, or empty if a queue of that name exists. */
  static OptionalInt make(Batch batch, QueueSettings settings, String principal)
      throws SQLException {
    try (PreparedStatement statement = batch.connection().prepareStatement(MAKE)) {
      bind(statement, settings);
      statement.setString(15, settings.queueId());
      statement.setInt(16, settings.policy().concurrency());
      statement.setString(17, principal);
      try (ResultSet made = statement.executeQuery()) {
        if (!made.next()) {
          return OptionalInt.empty();
        }
        batch.replace(made.getInt(1), Intake.OPEN);
        return OptionalInt.of(made.getInt(1));
      }
    }
  }

  /** Binds the columns of a queue's row to the first fourteen parameters, in the order above. */
  static void bind(PreparedStatement statement, QueueSettings settings) throws SQLException {
    RetryPolicy policy = settings.retryPolicy();
    statement.setInt(1, policy.maximumAttempts());
    statement.setLong(2, policy.initialBackoff().toMillis());
    statement.setDouble(3, policy.multiplier());
    statement.setLong(4, policy.maximumBackoff().toMillis());
    statement.setDouble(5, policy.jitter());
    statement.setArray(6, codes(statement, policy.permanentErrorCodes()));
    statement.setLong(7, settings.timeouts().attempt().toMillis());
    statement.setLong(8, settings.resultTtl().toMillis());
    statement.setObject(9, millis(settings.policy().agingInterval()), Types.BIGINT);
    statement.setInt(10, settings.policy().durability().code());
    statement.setInt(11, settings.policy().keyRetry().code());
    statement.setObject(12, millis(settings.timeouts().queue()), Types.BIGINT);
    statement.setObject(13, millis(settings.timeouts().total()), Types.BIGINT);
    statement.setLong(14, settings.timeouts().cancelGrace().toMillis());
  }

  private static Long millis(Optional<Duration> time) {
    return time.map(Duration::toMillis).orElse(null);
  }

  private static Array codes(PreparedStatement statement, List<String> codes) throws SQLException {
    return codes.isEmpty()
        ? null
        : statement.getConnection().createArrayOf("text", codes.toArray());
  }
}
