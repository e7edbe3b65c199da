package io.tasklane.queue.admin;

import static io.tasklane.database.Rows.instant;
import static io.tasklane.database.Rows.text;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.key.QueueKey;
import io.tasklane.queue.Durability;
import io.tasklane.queue.KeyRetry;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueState;
import io.tasklane.queue.limit.LimitRows;
import io.tasklane.task.Actor;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads queues.
 *
 * @param connection to read on
 */
public record QueueReader(Connection connection) {
  private static final String SELECT =
      "SELECT q.*, o.*, "
          + LimitRows.COLUMNS
          + " FROM queue q JOIN queue_owner o ON o.queue = q.id "
          + LimitRows.JOINED;

  /** The queue with this id. */
  public Optional<Queue> find(String queueId) throws SQLException {
    return findEver(queueId).filter(queue -> !queue.isDeleted());
  }

  /** The queue with this id, even if it is deleted. */
  public Optional<Queue> findEver(String queueId) throws SQLException {
    return NamedSql.on(connection, SELECT + "WHERE q.name = :queue")
        .set("queue", queueId)
        .first(QueueReader::queue);
  }

  /**
   * The queue with this id.
   *
   * @throws Refusal NOT_FOUND
   */
  public Queue require(String queueId) throws SQLException {
    return find(queueId).orElseThrow(() -> notFound(queueId));
  }

  /** The refusal for a queue that does not exist. */
  public static Refusal notFound(String queueId) {
    return Refusal.notFound(RefusalReason.QUEUE_NOT_FOUND, "queues/" + queueId, "does not exist");
  }

  /** Queues by id, those after this one, at most so many. */
  public List<Queue> list(String afterQueueId, int limit) throws SQLException {
    String sql =
        SELECT + "WHERE q.name > :after AND q.delete_time IS NULL ORDER BY q.name LIMIT :limit";
    return NamedSql.on(connection, sql)
        .set("after", afterQueueId)
        .set("limit", limit)
        .list(QueueReader::queue);
  }

  /** All queues, including deleted ones, which still have events and ended tasks. */
  public List<Queue> listEver() throws SQLException {
    return NamedSql.on(connection, SELECT + "ORDER BY q.name").list(QueueReader::queue);
  }

  private static QueuePolicy policy(ResultSet row) throws SQLException {
    long aging = row.getLong("aging_ms");
    return new QueuePolicy(
        row.getInt("concurrency"),
        aging == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(aging)),
        Durability.of(row.getInt("durability")),
        KeyRetry.of(row.getInt("key_retry")),
        LimitRows.read(row));
  }

  private static Queue queue(ResultSet row) throws SQLException {
    String pausedBy = row.getString("pause_principal");
    return new Queue(
        new QueueKey(row.getInt("id")),
        row.getString("name"),
        QueueState.of(row.getInt("state")),
        policy(row),
        Rows.retryPolicy(row),
        Rows.timeouts(row),
        Duration.ofMillis(row.getLong("result_ttl_ms")),
        pausedBy == null
            ? Optional.empty()
            : Optional.of(new Actor(pausedBy, row.getString("pause_reason"))),
        instant(row, "pause_time"),
        text(row, "node"),
        row.getInt("version"),
        instant(row, "delete_time"));
  }
}
