package io.tasklane.task.create;

import io.tasklane.task.row.NewTask;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Finds out which of the names that clients chose are in use. */
final class TakenNames {
  private static final String FIND = "SELECT name FROM task WHERE name = ANY (?)";

  private TakenNames() {}

  /** The final parts of the chosen names that are in use. */
  static Set<String> among(Connection connection, Collection<NewTask> tasks) throws SQLException {
    Set<String> taken = new HashSet<>();
    Object[] chosen = tasks.stream().filter(NewTask::chosenName).map(NewTask::taskId).toArray();
    if (chosen.length == 0) {
      return taken;
    }
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setArray(1, connection.createArrayOf("text", chosen));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          taken.add(rows.getString(1));
        }
      }
    }
    return taken;
  }
}
