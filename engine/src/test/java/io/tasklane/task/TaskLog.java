package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Database;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Checks from the log alone that every task made legal moves, one after another. */
final class TaskLog {
  private static final String SQL =
      "SELECT task, kind, from_state, move, to_state, version FROM task_event"
          + " WHERE kind IN (1, 2) ORDER BY xid, seq";

  private record At(TaskState state, int version) {}

  private TaskLog() {}

  static void isInOrder(Database database) {
    database.with(
        connection -> {
          Map<Long, At> tasks = new HashMap<>();
          try (var statement = connection.createStatement();
              ResultSet row = statement.executeQuery(SQL)) {
            while (row.next()) {
              follow(tasks, row);
            }
          }
          try (var statement = connection.createStatement();
              ResultSet row = statement.executeQuery("SELECT id, state, version FROM task")) {
            while (row.next()) {
              assertThat(tasks.get(row.getLong(1)))
                  .as("where the log leaves task %s", row.getLong(1))
                  .isEqualTo(new At(TaskState.of(row.getInt(2)), row.getInt(3)));
            }
          }
          return null;
        });
  }

  private static void follow(Map<Long, At> tasks, ResultSet row) throws SQLException {
    long task = row.getLong("task");
    At before = tasks.getOrDefault(task, new At(null, 0));
    TaskState to = TaskState.of(row.getInt("to_state"));
    assertThat(row.getInt("version"))
        .as("version of task %s in the log, now %s after %s", task, to, before.state())
        .isEqualTo(before.version() + 1);
    if (row.getInt("kind") == 1) {
      int from = row.getInt("from_state");
      assertThat(from == 0 ? null : TaskState.of(from)).isEqualTo(before.state());
      Move move = Move.of(row.getInt("move"));
      assertThat(MoveTable.STANDARD.require(before.state(), move)).isEqualTo(to);
    }
    tasks.put(task, new At(to, row.getInt("version")));
  }
}
