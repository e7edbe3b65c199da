package io.tasklane.effect;

import io.tasklane.database.NamedSql;
import io.tasklane.key.FencingToken;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Payload;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A row of the ledger, as one run works on it.
 *
 * @param connection of the command's transaction
 * @param task key of the run's task
 */
record EffectRow(Connection connection, TaskKey task) {
  private static final String INSERT =
      """
      INSERT INTO effect (key, task, token, state, change_time)
      VALUES (:key, :task, :token, %d, clock_timestamp()) ON CONFLICT (key) DO NOTHING"""
          .formatted(EffectState.INTENDED.code());
  private static final String LOCK =
      "SELECT task, token, state, outcome_type, outcome FROM effect WHERE key = :key FOR UPDATE";
  private static final String LIVE =
      """
      SELECT 1 FROM task k JOIN task_lease l ON l.queue = k.queue AND l.task = k.id
      WHERE k.id = :task AND l.token = :token""";
  private static final String TAKE_OVER =
      """
      UPDATE effect SET task = :task, token = :token, change_time = clock_timestamp()
      WHERE key = :key""";
  private static final String FINISH =
      """
      UPDATE effect SET state = %d, outcome_type = :outcome_type, outcome = :outcome,
          change_time = clock_timestamp()
      WHERE key = :key"""
          .formatted(EffectState.DONE.code());

  /**
   * An existing row.
   *
   * @param task whose run intended it last
   * @param token of that run
   * @param known what it says
   */
  record Found(TaskKey task, FencingToken token, KnownEffect known) {}

  /** Inserts the effect as intended by this run. Returns whether it was unknown before. */
  boolean insert(String key, FencingToken token) throws SQLException {
    return NamedSql.on(connection, INSERT)
            .set("key", key)
            .set("task", task)
            .set("token", token)
            .update()
        == 1;
  }

  /** The row, locked until the end of this transaction. */
  Optional<Found> lock(String key) throws SQLException {
    return NamedSql.on(connection, LOCK).set("key", key).first(EffectRow::read);
  }

  private static Found read(ResultSet row) throws SQLException {
    String type = row.getString("outcome_type");
    Optional<Payload> outcome =
        type == null ? Optional.empty() : Optional.of(new Payload(type, row.getBytes("outcome")));
    EffectState state = EffectState.of(row.getInt("state"));
    return new Found(
        new TaskKey(row.getLong("task")),
        new FencingToken(row.getLong("token")),
        new KnownEffect(state, outcome));
  }

  /** Whether the run that intended it may still be working on it. */
  boolean isLive(Found found) throws SQLException {
    return NamedSql.on(connection, LIVE)
        .set("task", found.task())
        .set("token", found.token())
        .exists();
  }

  /** This run takes over an effect that an earlier run had intended. */
  void takeOver(String key, FencingToken token) throws SQLException {
    NamedSql.on(connection, TAKE_OVER)
        .set("task", task)
        .set("token", token)
        .set("key", key)
        .update();
  }

  /** Marks the effect as done. */
  void finish(String key, Optional<Payload> outcome) throws SQLException {
    NamedSql.on(connection, FINISH)
        .set("outcome_type", outcome.map(Payload::contentType).orElse(null))
        .set("outcome", outcome.map(Payload::body).orElse(null))
        .set("key", key)
        .update();
  }
}
