package io.tasklane.queue.limit;

import static io.tasklane.database.Rows.instant;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.key.QueueKey;
import io.tasklane.queue.QueueLimits;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How many tasks more the queues with a maximum depth take from clients, within one batch. The
 * waiting tasks are counted where the room that is known may have changed: after a second, and
 * where it is used up.
 */
public final class QueueRooms {
  private static final String SELECT =
      """
      SELECT d.queue, d.maximum, d.room, clock_timestamp() AS at, d.count_time
      FROM queue_depth d WHERE d.queue = ANY (:queues) ORDER BY d.queue""";

  /** No further than the limit. */
  private static final String COUNT =
      """
      SELECT count(*) FROM (
        (SELECT FROM task_ready WHERE queue = :queue LIMIT :most)
        UNION ALL (SELECT FROM task_aside WHERE queue = :queue LIMIT :most)) waiting""";

  private static final String WRITE =
      """
      UPDATE queue_depth SET room = :room,
          count_time = CASE WHEN :counted THEN clock_timestamp() ELSE count_time END
      WHERE queue = :queue""";

  private record Room(long maximum, long room, Duration countAge, long taken) {
    static Room read(ResultSet row) throws SQLException {
      return new Room(
          row.getLong("maximum"),
          row.getLong("room"),
          Duration.between(
              instant(row, "count_time").orElseThrow(), instant(row, "at").orElseThrow()),
          0);
    }

    boolean isToBeCounted(int tasks) {
      return QueueLimits.isToBeCounted(maximum, room, tasks, countAge);
    }

    /** After a count; what this batch has taken is not in the tables yet. */
    Room counted(long queued) {
      long left = QueueLimits.room(maximum, queued + taken);
      return new Room(maximum, left, Duration.ZERO, taken);
    }

    Room less(int tasks) {
      return new Room(maximum, room - tasks, countAge, taken + tasks);
    }
  }

  private final Connection connection;
  private final boolean locks;
  private final Map<QueueKey, Room> rooms = new HashMap<>();

  private QueueRooms(Connection connection, boolean locks) {
    this.connection = connection;
    this.locks = locks;
  }

  /** Of these queues, locked until the transaction ends. An empty set costs nothing. */
  public static QueueRooms lock(Batch batch, Set<QueueKey> queues) throws SQLException {
    QueueRooms rooms = new QueueRooms(batch.connection(), true);
    rooms.read(SELECT + " FOR UPDATE", queues);
    return rooms;
  }

  /** Of these queues, to say what a creation would be answered. */
  public static QueueRooms seen(Connection connection, Set<QueueKey> queues) throws SQLException {
    QueueRooms rooms = new QueueRooms(connection, false);
    rooms.read(SELECT, queues);
    return rooms;
  }

  private void read(String sql, Set<QueueKey> queues) throws SQLException {
    if (!queues.isEmpty()) {
      NamedSql.on(connection, sql)
          .set("queues", "int4", Batch.sorted(queues))
          .each(row -> rooms.put(new QueueKey(row.getInt("queue")), Room.read(row)));
    }
  }

  /**
   * Takes room for new tasks of a queue.
   *
   * @return the refusal where there is too little; then none is taken
   */
  public Optional<Refusal> take(QueueKey queue, String queueId, int tasks) throws SQLException {
    Room known = rooms.get(queue);
    if (known == null) {
      return Optional.empty(); // its limit was taken away just now
    }
    boolean counts = known.isToBeCounted(tasks);
    Room now = counts ? known.counted(queued(queue, known.maximum())) : known;
    boolean fits = now.room() >= tasks;
    Room left = fits ? now.less(tasks) : now;
    rooms.put(queue, left);
    if (locks && (counts || fits)) {
      NamedSql.on(connection, WRITE)
          .set("room", left.room())
          .set("counted", counts)
          .set("queue", queue)
          .update();
    }
    return fits ? Optional.empty() : Optional.of(full(queueId, known.maximum(), tasks));
  }

  private long queued(QueueKey queue, long maximum) throws SQLException {
    return NamedSql.on(connection, COUNT)
        .set("queue", queue)
        .set("most", maximum)
        .one(row -> row.getLong(1));
  }

  private static Refusal full(String queueId, long maximum, int tasks) {
    return Refusal.about(
        Refusal.Sort.RESOURCE_EXHAUSTED,
        RefusalReason.QUEUE_FULL,
        "queues/" + queueId,
        tasks > maximum
            ? "takes " + maximum + " waiting tasks at most, so never " + tasks + " at once"
            : "has no room for "
                + tasks
                + (tasks == 1 ? " task" : " tasks")
                + " more: its maximum depth is "
                + maximum
                + "; try again when some have started, or raise it");
  }
}
