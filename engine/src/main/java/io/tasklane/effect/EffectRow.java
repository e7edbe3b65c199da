package io.tasklane.effect;

import io.tasklane.task.Payload;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A row of the ledger, as one run works on it.
 *
 * @param connection of the command's transaction
 * @param task key of the run's task
 */
record EffectRow(Connection connection, long task) {
  private static final String INSERT =
      """
      INSERT INTO effect (key, task, token, state, change_time)
      VALUES (?, ?, ?, %d, clock_timestamp()) ON CONFLICT (key) DO NOTHING"""
          .formatted(EffectState.INTENDED.code());
  private static final String LOCK =
      "SELECT task, token, state, outcome_type, outcome FROM effect WHERE key = ? FOR UPDATE";
  private static final String LIVE =
      """
      SELECT 1 FROM task k JOIN task_lease l ON l.queue = k.queue AND l.task = k.id
      WHERE k.id = ? AND l.token = ?""";
  private static final String TAKE_OVER =
      "UPDATE effect SET task = ?, token = ?, change_time = clock_timestamp() WHERE key = ?";
  private static final String FINISH =
      """
      UPDATE effect SET state = %d, outcome_type = ?, outcome = ?, change_time = clock_timestamp()
      WHERE key = ?"""
          .formatted(EffectState.DONE.code());

  /**
   * An existing row.
   *
   * @param task whose run intended it last
   * @param token of that run
   * @param known what it says
   */
  record Found(long task, long token, KnownEffect known) {}

  /** Inserts the effect as intended by this run. Returns whether it was unknown before. */
  boolean insert(String key, long token) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setString(1, key);
      statement.setLong(2, task);
      statement.setLong(3, token);
      return statement.executeUpdate() == 1;
    }
  }

  /** The row, locked until the end of this transaction. */
  Optional<Found> lock(String key) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setString(1, key);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(read(row)) : Optional.empty();
      }
    }
  }

  private static Found read(ResultSet row) throws SQLException {
    String type = row.getString("outcome_type");
    Optional<Payload> outcome =
        type == null ? Optional.empty() : Optional.of(new Payload(type, row.getBytes("outcome")));
    EffectState state = EffectState.of(row.getInt("state"));
    return new Found(row.getLong("task"), row.getLong("token"), new KnownEffect(state, outcome));
  }

  /** Whether the run that intended it may still be working on it. */
  boolean isLive(Found found) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LIVE)) {
      statement.setLong(1, found.task());
      statement.setLong(2, found.token());
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  /** This run takes over an effect that an earlier run had intended. */
  void takeOver(String key, long token) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TAKE_OVER)) {
      statement.setLong(1, task);
      statement.setLong(2, token);
      statement.setString(3, key);
      statement.executeUpdate();
    }
  }

  /** Marks the effect as done. */
  void finish(String key, Optional<Payload> outcome) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FINISH)) {
      statement.setString(1, outcome.map(Payload::contentType).orElse(null));
      statement.setBytes(2, outcome.map(Payload::body).orElse(null));
      statement.setString(3, key);
      statement.executeUpdate();
    }
  }
}
