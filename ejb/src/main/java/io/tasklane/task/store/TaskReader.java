package io.tasklane.task.store;

import io.tasklane.app.Refusal;
import io.tasklane.app.TaskQuery;
import io.tasklane.task.Task;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads tasks.
 *
 * @param connection to read on
 */
public record TaskReader(Connection connection) {
  private static final String SELECT =
      "SELECT k.*, q.name AS queue_id FROM task k JOIN queue q ON q.id = k.queue ";

  /** The task with this final part of the name. */
  public Optional<Task> find(String taskId) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SELECT + "WHERE k.name = ?")) {
      statement.setString(1, taskId);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(TaskRows.read(row)) : Optional.empty();
      }
    }
  }

  /**
   * The task with this final part of the name.
   *
   * @throws Refusal NOT_FOUND
   */
  public Task require(String taskId) throws SQLException {
    return find(taskId).orElseThrow(() -> notFound(taskId));
  }

  /** Tasks that fit, newest first. */
  public List<Task> list(TaskQuery query) throws SQLException {
    StringBuilder where = new StringBuilder("WHERE true");
    List<Object> values = new ArrayList<>();
    if (!query.states().isEmpty()) {
      where.append(" AND k.state = ANY (?)");
      Object[] codes = query.states().stream().map(s -> (short) s.code()).toArray();
      values.add(connection.createArrayOf("int2", codes));
    }
    query.queue().ifPresent(v -> add(where, values, " AND q.name = ?", v));
    query.taskType().ifPresent(v -> add(where, values, " AND k.task_type = ?", v));
    query.priority().ifPresent(v -> add(where, values, " AND k.priority = ?", v));
    if (!query.labels().isEmpty()) {
      add(where, values, " AND k.labels @> ?::jsonb", JsonColumns.labels(query.labels()));
    }
    query.before().ifPresent(v -> add(where, values, " AND k.id < ?", v));
    add(where, values, " ORDER BY k.id DESC LIMIT ?", query.limit());
    List<Task> tasks = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(SELECT + where)) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          tasks.add(TaskRows.read(rows));
        }
      }
    }
    return tasks;
  }

  private static void add(StringBuilder where, List<Object> values, String sql, Object value) {
    where.append(sql);
    values.add(value);
  }

  static Refusal notFound(String taskId) {
    return Refusal.of(
        Refusal.Sort.NOT_FOUND,
        "TASK_NOT_FOUND",
        "tasks/" + taskId,
        "tasks/" + taskId + " does not exist, or was removed after its retention");
  }
}
