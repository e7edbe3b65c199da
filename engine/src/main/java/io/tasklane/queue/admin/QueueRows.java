package io.tasklane.queue.admin;

import io.tasklane.commit.Batch;
import io.tasklane.commit.Intake;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.key.QueueKey;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.QueueState;
import io.tasklane.queue.limit.CalendarRows;
import io.tasklane.queue.limit.LimitRows;
import io.tasklane.retry.RetryPolicy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
        VALUES (:maximum_attempts, :initial_backoff_ms, :backoff_multiplier, :maximum_backoff_ms,
            :jitter, :permanent_codes, :attempt_timeout_ms, :result_ttl_ms, :aging_ms, :durability,
            :key_retry, :queue_timeout_ms, :total_timeout_ms, :cancel_grace_ms, :name)
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
        INSERT INTO queue_owner (queue, state, concurrency) SELECT id, %2$d, :concurrency FROM made
        ON CONFLICT (queue) DO UPDATE SET state = EXCLUDED.state,
            concurrency = EXCLUDED.concurrency, version = queue_owner.version + 1,
            pause_principal = NULL, pause_reason = NULL, pause_time = NULL
        RETURNING queue, version),
      changed AS (
        SELECT m.id, m.name, o.version, :actor::text AS actor, '%3$s' AS data
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
  static Optional<QueueKey> make(Batch batch, QueueSettings settings, String principal)
      throws SQLException {
    Optional<String> calendar = settings.policy().limits().calendar();
    if (calendar.isPresent()) {
      CalendarRows.require(batch.connection(), calendar.get());
    }
    Optional<QueueKey> made =
        bind(NamedSql.on(batch.connection(), MAKE), settings)
            .set("name", settings.queueId())
            .set("actor", principal)
            .first(row -> new QueueKey(row.getInt(1)));
    if (made.isPresent()) {
      batch.replace(made.get(), Intake.OPEN);
      LimitRows.write(batch, made.get(), settings.policy().limits());
    }
    return made;
  }

  /** Binds the columns of a queue's rows to the parameters of their names. */
  static Parameters bind(Parameters parameters, QueueSettings settings) throws SQLException {
    RetryPolicy policy = settings.retryPolicy();
    List<String> codes = policy.permanentErrorCodes();
    return parameters
        .set("maximum_attempts", policy.maximumAttempts())
        .set("initial_backoff_ms", policy.initialBackoff().toMillis())
        .set("backoff_multiplier", policy.multiplier())
        .set("maximum_backoff_ms", policy.maximumBackoff().toMillis())
        .set("jitter", policy.jitter())
        .set("permanent_codes", "text", codes.isEmpty() ? null : codes.toArray())
        .set("attempt_timeout_ms", settings.timeouts().attempt().toMillis())
        .set("result_ttl_ms", settings.resultTtl().toMillis())
        .set("aging_ms", millis(settings.policy().agingInterval()))
        .set("durability", settings.policy().durability().code())
        .set("key_retry", settings.policy().keyRetry().code())
        .set("queue_timeout_ms", millis(settings.timeouts().queue()))
        .set("total_timeout_ms", millis(settings.timeouts().total()))
        .set("cancel_grace_ms", settings.timeouts().cancelGrace().toMillis())
        .set("concurrency", settings.policy().concurrency());
  }

  private static Long millis(Optional<Duration> time) {
    return time.map(Duration::toMillis).orElse(null);
  }
}
