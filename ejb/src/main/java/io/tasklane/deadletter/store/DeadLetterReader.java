package io.tasklane.deadletter.store;

import io.tasklane.app.DeadLetterQuery;
import io.tasklane.app.Position;
import io.tasklane.app.Refusal;
import io.tasklane.deadletter.DeadLetter;
import io.tasklane.filter.DeadLetterFilter;
import io.tasklane.store.Rows;
import io.tasklane.store.Sql;
import io.tasklane.task.Actor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads dead letters.
 *
 * @param connection to read on
 */
public record DeadLetterReader(Connection connection) {
  private static final String SELECT =
      """
      SELECT d.task, d.task_type, d.fingerprint, d.replay_count, d.replay_principal,
          d.replay_reason, d.replay_time, d.create_time, k.name, k.attempt, k.failure_kind,
          k.failure_code, k.failure_message, k.failure_trace, k.failure_time,
          (SELECT q.name FROM queue q WHERE q.id = d.queue) AS queue_id
      FROM dead_letter d JOIN task k ON k.id = d.task WHERE true""";

  /**
   * The dead letter with this final part of the name.
   *
   * @throws Refusal NOT_FOUND: DEAD_LETTER_NOT_FOUND
   */
  public DeadLetter require(String taskId) throws SQLException {
    List<DeadLetter> found = read(Sql.of(SELECT + " AND k.name = ?", taskId));
    if (found.isEmpty()) {
      throw notFound(taskId);
    }
    return found.get(0);
  }

  /** Those that fit, the newest first. */
  public List<DeadLetter> list(DeadLetterQuery query) throws SQLException {
    return read(select(query));
  }

  static Sql select(DeadLetterQuery query) {
    DeadLetterFilter filter = query.filter();
    Sql sql = Sql.of(SELECT);
    sql =
        with(sql, " AND d.queue = (SELECT id FROM queue WHERE name = ?)", filter.queue())
            .then(Sql.within("d.create_time", filter.createTime()));
    sql = with(sql, " AND d.failure_code = ?", filter.failureCode());
    sql = with(sql, " AND d.fingerprint = ?", filter.fingerprint());
    sql = with(sql, " AND d.task_type = ?", filter.taskType());
    if (query.after().isPresent()) {
      Position place = query.after().get();
      sql = sql.then(" AND (d.create_time, d.task) < (?, ?)", place.time().get(), place.key());
    }
    return sql.then(" ORDER BY d.create_time DESC, d.task DESC LIMIT " + query.limit());
  }

  private static Sql with(Sql sql, String condition, Optional<String> value) {
    return value.map(v -> sql.then(condition, v)).orElse(sql);
  }

  private List<DeadLetter> read(Sql sql) throws SQLException {
    List<DeadLetter> found = new ArrayList<>();
    try (PreparedStatement statement = sql.on(connection);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        found.add(read(row));
      }
    }
    return found;
  }

  private static DeadLetter read(ResultSet row) throws SQLException {
    return new DeadLetter(
        row.getLong("task"),
        row.getString("name"),
        row.getString("queue_id"),
        row.getString("task_type"),
        Rows.failure(row, "failure_time").orElseThrow(),
        row.getString("fingerprint"),
        row.getInt("replay_count"),
        lastReplay(row),
        Rows.instant(row, "replay_time"),
        row.getInt("attempt"),
        Rows.instant(row, "create_time").orElseThrow());
  }

  private static Optional<Actor> lastReplay(ResultSet row) throws SQLException {
    String reason = row.getString("replay_reason");
    return Rows.text(row, "replay_principal").map(principal -> new Actor(principal, reason));
  }

  /** There is no such dead letter. */
  public static Refusal notFound(String taskId) {
    return Refusal.of(
        Refusal.Sort.NOT_FOUND,
        "DEAD_LETTER_NOT_FOUND",
        "deadLetters/" + taskId,
        "deadLetters/"
            + taskId
            + " does not exist: its task did not fail for good, or it was discarded");
  }
}
