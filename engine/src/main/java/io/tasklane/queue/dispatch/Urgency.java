package io.tasklane.queue.dispatch;

import io.tasklane.database.NamedSql;
import io.tasklane.key.TaskKey;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueState;
import io.tasklane.task.Preemption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tasks that are ready in a queue now, in the order of {@link
 * io.tasklane.task.claim.ReadyTask}, and the order keys of some that run.
 *
 * @param waiting the first ready tasks, in their order
 * @param freeSlots runs that may start beside those under way
 * @param places order keys of the requested tasks, by task key
 */
public record Urgency(List<Preemption.Waiting> waiting, int freeSlots, Map<TaskKey, Long> places) {
  private static final int MOST = 50;
  private static final String WAITING =
      """
      SELECT o.state, o.concurrency,
          (SELECT count(*) FROM task_lease l WHERE l.queue = o.queue) AS running,
          EXISTS (SELECT FROM queue_rate l WHERE l.queue = o.queue AND l.due > clock_timestamp())
            AS limited,
          k.name, k.priority, k.order_key
      FROM queue q JOIN queue_owner o ON o.queue = q.id
      LEFT JOIN LATERAL (
        SELECT r.rank, r.order_key, r.task FROM task_ready r
        WHERE r.queue = q.id AND NOT EXISTS (SELECT FROM queue_hold h WHERE h.queue = q.id)
        ORDER BY r.queue, r.rank, r.order_key, r.task LIMIT %d) r ON true
      LEFT JOIN task k ON k.id = r.task
      WHERE q.name = :queue ORDER BY r.rank, r.order_key, r.task"""
          .formatted(MOST);
  private static final String PLACES = "SELECT id, order_key FROM task WHERE id = ANY (:tasks)";

  /** Reads it; a queue that starts nothing, or is held, has nothing urgent. */
  public static Urgency of(Connection connection, String queueId, Collection<TaskKey> tasks)
      throws SQLException {
    List<Preemption.Waiting> waiting = new ArrayList<>();
    List<Integer> free =
        NamedSql.on(connection, WAITING)
            .set("queue", queueId)
            .list(
                row -> {
                  boolean starts =
                      QueueState.of(row.getInt("state")) != QueueState.PAUSED
                          && !row.getBoolean("limited");
                  if (starts && row.getObject("priority") != null) {
                    waiting.add(
                        new Preemption.Waiting(
                            "tasks/" + row.getString("name"),
                            row.getInt("priority"),
                            row.getLong("order_key")));
                  }
                  return QueuePolicy.freeSlots(row.getInt("concurrency"), row.getInt("running"));
                });
    Map<TaskKey, Long> places = new HashMap<>();
    NamedSql.on(connection, PLACES)
        .set("tasks", "int8", tasks)
        .each(row -> places.put(new TaskKey(row.getLong("id")), row.getLong("order_key")));
    return new Urgency(waiting, free.isEmpty() ? 0 : free.get(0), places);
  }
}
