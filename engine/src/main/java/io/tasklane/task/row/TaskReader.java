package io.tasklane.task.row;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.database.NamedSql;
import io.tasklane.task.Task;
import java.sql.Connection;
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
          + " FROM task k JOIN queue q ON q.id = k.queue WHERE k.name = :name";

  /** The task with this final part of the name. */
  public Optional<Task> find(String taskId) throws SQLException {
    return NamedSql.on(connection, FIND).set("name", taskId).first(TaskRows::read);
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
    return Refusal.notFound(
        RefusalReason.TASK_NOT_FOUND,
        "tasks/" + taskId,
        "does not exist, or was removed after its retention");
  }
}
