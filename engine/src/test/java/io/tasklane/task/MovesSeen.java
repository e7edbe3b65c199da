package io.tasklane.task;

import io.tasklane.database.Database;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.sql.ResultSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The moves that the tests of this run have made, as the event log tells. */
final class MovesSeen {
  private static final Set<MoveTable.Line> SEEN = ConcurrentHashMap.newKeySet();
  private static final String SQL =
      "SELECT DISTINCT from_state, move, to_state FROM task_event WHERE kind = 1";

  private MovesSeen() {}

  /** Takes in what this database's log has. */
  static void register(Database database) {
    database.with(
        connection -> {
          try (var statement = connection.createStatement();
              ResultSet row = statement.executeQuery(SQL)) {
            while (row.next()) {
              int from = row.getInt(1);
              SEEN.add(
                  new MoveTable.Line(
                      from == 0 ? null : TaskState.of(from),
                      Move.of(row.getInt(2)),
                      TaskState.of(row.getInt(3))));
            }
          }
          return null;
        });
  }

  static Set<MoveTable.Line> all() {
    return Set.copyOf(SEEN);
  }
}
