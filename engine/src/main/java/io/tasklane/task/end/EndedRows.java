package io.tasklane.task.end;

import io.tasklane.dependency.EndedTask;
import io.tasklane.key.TaskKey;
import io.tasklane.task.state.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Reads from the result of a statement the tasks that it ended, or whose runs it ended. */
public final class EndedRows {
  /** SQL: whether the end of a row of {@code task} concerns any listener. */
  public static final String AWAITED =
      "(needed OR ordering_key IS NOT NULL OR resource_units IS NOT NULL OR listeners <> 0)";

  /** SQL: the columns to read. */
  public static final String COLUMNS =
      "id, name, state, needed, ordering_key, resource_units IS NOT NULL AS holds_units, listeners";

  private EndedRows() {}

  /** From a row with these columns. */
  public static EndedTask read(ResultSet row) throws SQLException {
    return new EndedTask(
        new TaskKey(row.getLong("id")),
        row.getString("name"),
        TaskState.of(row.getInt("state")),
        row.getBoolean("needed"),
        Optional.ofNullable(row.getString("ordering_key")),
        row.getBoolean("holds_units"),
        row.getInt("listeners"));
  }
}
