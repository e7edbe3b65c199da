package io.tasklane.task.row;

import io.tasklane.api.Refusal;
import io.tasklane.task.Task;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Reads tasks.
 *
 * @param connection to read on
 */
public record TaskReader(Connection connection) {
  private static final String FIND =
      "SELECT "
          + TaskRows.columns("k", "q.name")
          + " FROM task k JOIN queue q ON q.id = k.queue WHERE k.name = ?";

  /** The task with this final part of the name. */
  public Optional<Task> find(String taskId) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
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

  /** The refusal of a call that names a task which does not exist. */
  public static Refusal notFound(String taskId) {
    return Refusal.of(
        Refusal.Sort.NOT_FOUND,
        "TASK_NOT_FOUND",
        "tasks/" + taskId,
        "tasks/" + taskId + " does not exist, or was removed after its retention");
  }
}
