package io.tasklane.queue.dispatch;

import io.tasklane.database.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Checks whether something is ready or due, without a transaction of its own.
 *
 * @param database where to look
 */
public record WaitingTasks(Database database) {
  // in the order of the index: otherwise a table that was long and is empty now is read from end to
  // end
  private static final String READY =
      """
      SELECT (SELECT task FROM task_ready WHERE queue = ?
        ORDER BY queue, rank, order_key, task LIMIT 1) IS NOT NULL""";
  private static final String DUE =
      """
      SELECT coalesce((SELECT due FROM task_due ORDER BY due, task LIMIT 1) <= clock_timestamp(),
        false)""";

  private static final String OVERDUE =
      """
      SELECT coalesce((SELECT due FROM task_deadline ORDER BY due, task LIMIT 1)
        <= clock_timestamp(), false)""";

  private static final String REFILLED =
      "SELECT EXISTS (SELECT FROM resource WHERE refill_due <= clock_timestamp())";
  private static final String REKEYED = "SELECT EXISTS (SELECT FROM queue_rekey)";

  /** Whether a resource that tasks wait for has units again. */
  public boolean isRefilled() {
    return database.with(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(REFILLED)) {
            return answer(statement);
          }
        });
  }

  /** Whether order keys have to be recomputed because a queue has changed its policy. */
  public boolean isToRekey() {
    return database.with(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(REKEYED)) {
            return answer(statement);
          }
        });
  }

  /** Whether this queue has a ready task. */
  public boolean isReady(int queue) {
    return database.with(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(READY)) {
            statement.setInt(1, queue);
            return answer(statement);
          }
        });
  }

  /** Whether anything has come due. */
  public boolean isDue() {
    return database.with(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(DUE)) {
            return answer(statement);
          }
        });
  }

  /** Whether the expire time of any task has passed. */
  public boolean isOverdue() {
    return database.with(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(OVERDUE)) {
            return answer(statement);
          }
        });
  }

  private static boolean answer(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getBoolean(1);
    }
  }
}
