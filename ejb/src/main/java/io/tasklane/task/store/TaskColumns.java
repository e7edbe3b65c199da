package io.tasklane.task.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** The columns of new tasks as arrays, one element a task, so that one statement creates many. */
final class TaskColumns {
  private final Connection connection;
  private final PreparedStatement statement;
  private final List<NewTask> tasks;
  private int index;

  private TaskColumns(Connection connection, PreparedStatement statement, List<NewTask> tasks) {
    this.connection = connection;
    this.statement = statement;
    this.tasks = tasks;
  }

  /** Binds all arrays, in the order in which {@link CreateTasks}' statement names them. */
  static void bind(Connection connection, PreparedStatement statement, List<NewTask> tasks)
      throws SQLException {
    TaskColumns columns = new TaskColumns(connection, statement, tasks);
    columns.add("text", NewTask::taskId);
    columns.add("int4", NewTask::queue);
    columns.add("text", NewTask::taskType);
    columns.add("int2", t -> (short) t.priority().value());
    columns.add("text", t -> t.input().contentType());
    columns.add("bytea", t -> t.input().body());
    columns.add("int2", t -> (short) t.retryPolicy().maximumAttempts());
    columns.add("int8", t -> t.retryPolicy().initialBackoff().toMillis());
    columns.add("float8", t -> t.retryPolicy().multiplier());
    columns.add("int8", t -> t.retryPolicy().maximumBackoff().toMillis());
    columns.add("float8", t -> t.retryPolicy().jitter());
    columns.add("text", t -> codes(t.retryPolicy().permanentErrorCodes()));
    columns.add("int8", t -> t.attemptTimeout().toMillis());
    columns.add("int8", t -> t.resultTtl().toMillis());
    columns.add("text", t -> JsonColumns.labels(t.labels()));
    columns.add("text", NewTask::principal);
  }

  /**
   * An array cannot hold arrays of several lengths: codes travel as one text, and have no commas.
   */
  private static String codes(List<String> codes) {
    return codes.isEmpty() ? null : String.join(",", codes);
  }

  private void add(String type, Function<NewTask, Object> value) throws SQLException {
    Object[] values = tasks.stream().map(value).toArray();
    Array array =
        type.equals("bytea")
            ? connection.createArrayOf(
                type, tasks.stream().map(t -> t.input().body()).toArray(byte[][]::new))
            : connection.createArrayOf(type, values);
    statement.setArray(++index, array);
  }
}
