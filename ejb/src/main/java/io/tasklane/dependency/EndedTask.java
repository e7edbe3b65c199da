package io.tasklane.dependency;

import io.tasklane.task.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A task that has just ended and whose end others wait for.
 *
 * @param id key of its row
 * @param taskId final part of its name
 * @param state the final state
 * @param needed whether other tasks depend on it
 * @param orderingKey the key whose next task may go
 * @param holdsUnits whether it needed units of resources
 */
public record EndedTask(
    long id,
    String taskId,
    TaskState state,
    boolean needed,
    Optional<String> orderingKey,
    boolean holdsUnits) {
  /** SQL: whether somebody waits for the end of a row of {@code task}. */
  public static final String AWAITED =
      "(needed OR ordering_key IS NOT NULL OR resource_units IS NOT NULL)";

  /** SQL: the columns to read. */
  public static final String COLUMNS =
      "id, name, state, needed, ordering_key, resource_units IS NOT NULL AS holds_units";

  /** Whether somebody waits for its end. */
  public boolean isAwaited() {
    return needed || orderingKey.isPresent() || holdsUnits;
  }

  /** From a row with these columns. */
  public static EndedTask read(ResultSet row) throws SQLException {
    return new EndedTask(
        row.getLong("id"),
        row.getString("name"),
        TaskState.of(row.getInt("state")),
        row.getBoolean("needed"),
        Optional.ofNullable(row.getString("ordering_key")),
        row.getBoolean("holds_units"));
  }
}
