package io.tasklane.task.create;

import io.tasklane.key.TaskKey;
import io.tasklane.ordering.KeyedTask;
import io.tasklane.ordering.OrderingGates;
import io.tasklane.task.Task;
import io.tasklane.task.row.PlannedTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts new tasks into the lines of their ordering keys. Without a key it costs nothing. */
final class OrderingLines {
  private OrderingLines() {}

  /** Locks the gates of their keys, and decides which tasks have to wait for the turn. */
  static List<PlannedTask> enter(Connection connection, List<PlannedTask> arrivals)
      throws SQLException {
    List<String> keys = arrivals.stream().flatMap(a -> a.lineKey().stream()).toList();
    if (keys.isEmpty()) {
      return arrivals;
    }
    Set<String> free = OrderingGates.enter(connection, keys);
    List<PlannedTask> decided = new ArrayList<>();
    for (PlannedTask arrival : arrivals) {
      Optional<String> key = arrival.lineKey();
      boolean first = key.isPresent() && free.remove(key.get());
      decided.add(key.isEmpty() || first ? arrival : arrival.inLine());
    }
    return decided;
  }

  /** Lines up those that were created. */
  static void lineUp(Connection connection, List<PlannedTask> arrivals, Map<String, Task> created)
      throws SQLException {
    List<KeyedTask> keyed = new ArrayList<>();
    for (PlannedTask arrival : arrivals) {
      TaskKey id = created.get(arrival.task().taskId()).id();
      arrival.lineKey().ifPresent(key -> keyed.add(new KeyedTask(key, id)));
    }
    if (!keyed.isEmpty()) {
      OrderingGates.lineUp(connection, keyed);
    }
  }
}
