package io.tasklane.queue.store;

import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.QueueState;
import io.tasklane.store.Batch;
import io.tasklane.store.CommandKind;
import io.tasklane.store.Outcome;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Creates the queues of the configuration that do not exist yet; those that do stay as they are.
 */
public final class EnsureQueues implements CommandKind<List<QueueSettings>, Integer> {
  private static final String SQL =
      """
      WITH made AS (
        INSERT INTO queue (name, maximum_attempts, initial_backoff_ms, backoff_multiplier,
            maximum_backoff_ms, jitter, permanent_codes, attempt_timeout_ms, result_ttl_ms)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (name) DO NOTHING RETURNING id, name),
      owned AS (
        INSERT INTO queue_owner (queue, state, concurrency) SELECT id, %d, ? FROM made),
      changed AS (
        SELECT id, name, 1 AS version, 'system:configuration' AS actor,
            '{"state":"ACTIVE","change":"CREATED"}' AS data FROM made)
      %s"""
          .formatted(QueueState.ACTIVE.code(), QueueEvents.LOGGED);

  @Override
  public int rank() {
    return 5;
  }

  @Override
  public List<Outcome<Integer>> execute(Batch batch, List<List<QueueSettings>> commands)
      throws SQLException {
    List<Outcome<Integer>> outcomes = new ArrayList<>();
    for (List<QueueSettings> command : commands) {
      int created = 0;
      for (QueueSettings settings : command) {
        created += create(batch, settings);
      }
      outcomes.add(Outcome.done(created));
    }
    return outcomes;
  }

  private static int create(Batch batch, QueueSettings settings) throws SQLException {
    try (PreparedStatement statement = batch.connection().prepareStatement(SQL)) {
      List<String> permanent = settings.retryPolicy().permanentErrorCodes();
      Array codes =
          permanent.isEmpty()
              ? null
              : batch.connection().createArrayOf("text", permanent.toArray());
      statement.setString(1, settings.queueId());
      statement.setInt(2, settings.retryPolicy().maximumAttempts());
      statement.setLong(3, settings.retryPolicy().initialBackoff().toMillis());
      statement.setDouble(4, settings.retryPolicy().multiplier());
      statement.setLong(5, settings.retryPolicy().maximumBackoff().toMillis());
      statement.setDouble(6, settings.retryPolicy().jitter());
      statement.setArray(7, codes);
      statement.setLong(8, settings.attemptTimeout().toMillis());
      statement.setLong(9, settings.resultTtl().toMillis());
      statement.setInt(10, settings.concurrency());
      return statement.executeUpdate();
    }
  }
}
