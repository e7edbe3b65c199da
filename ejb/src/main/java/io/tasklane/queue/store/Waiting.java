package io.tasklane.queue.store;

import io.tasklane.store.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Looks whether something waits, without a transaction of its own.
 *
 * @param database where to look
 */
public record Waiting(Database database) {
  private static final String READY = "SELECT EXISTS (SELECT FROM task_ready WHERE queue = ?)";
  private static final String DUE =
      "SELECT EXISTS (SELECT FROM task_due WHERE due <= clock_timestamp())";

  private static final String OVERDUE =
      "SELECT EXISTS (SELECT FROM task_deadline WHERE due <= clock_timestamp())";

  private static final String REFILLED =
      "SELECT EXISTS (SELECT FROM resource WHERE refill_due <= clock_timestamp())";
  private static final String REKEYED = "SELECT EXISTS (SELECT FROM queue_rekey)";

  /** Whether a resource has units again that tasks wait for. */
  public boolean isRefilled() {
    return database.with(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(REFILLED)) {
            return answer(statement);
          }
        });
  }

  /** Whether places are to be found anew, because a queue has changed its policy. */
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
