package io.tasklane.queue.dispatch;

import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueState;
import io.tasklane.task.Preemption;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tasks that are ready in a queue now, and the order keys of some that run.
 *
 * @param waiting the first ready tasks, in their order
 * @param freeSlots runs that may start beside those under way
 * @param places order keys of the requested tasks, by task key
 */
public record Urgency(List<Preemption.Waiting> waiting, int freeSlots, Map<Long, Long> places) {
  private static final int MOST = 50;
  private static final String WAITING =
      """
      SELECT o.state, o.concurrency,
          (SELECT count(*) FROM task_lease l WHERE l.queue = o.queue) AS running,
          k.priority, k.order_key
      FROM queue q JOIN queue_owner o ON o.queue = q.id
      LEFT JOIN LATERAL (
        SELECT r.rank, r.order_key, r.task FROM task_ready r WHERE r.queue = q.id
        ORDER BY r.queue, r.rank, r.order_key, r.task LIMIT %d) r ON true
      LEFT JOIN task k ON k.id = r.task
      WHERE q.name = ? ORDER BY r.rank, r.order_key, r.task"""
          .formatted(MOST);
  private static final String PLACES = "SELECT id, order_key FROM task WHERE id = ANY (?)";

  /** Reads it; a queue that starts nothing has nothing urgent. */
  public static Urgency of(Connection connection, String queueId, Collection<Long> tasks)
      throws SQLException {
    List<Preemption.Waiting> waiting = new ArrayList<>();
    int free = 0;
    try (PreparedStatement statement = connection.prepareStatement(WAITING)) {
      statement.setString(1, queueId);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          free = QueuePolicy.freeSlots(row.getInt("concurrency"), row.getInt("running"));
          boolean starts = QueueState.of(row.getInt("state")) != QueueState.PAUSED;
          if (starts && row.getObject("priority") != null) {
            waiting.add(new Preemption.Waiting(row.getInt("priority"), row.getLong("order_key")));
          }
        }
      }
    }
    Map<Long, Long> places = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(PLACES)) {
      Array keys = connection.createArrayOf("int8", tasks.toArray());
      statement.setArray(1, keys);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          places.put(row.getLong("id"), row.getLong("order_key"));
        }
      }
    }
    return new Urgency(waiting, free, places);
  }
}
