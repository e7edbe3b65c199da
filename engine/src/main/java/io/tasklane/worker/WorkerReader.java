package io.tasklane.worker;

import static io.tasklane.database.Rows.instant;
import static io.tasklane.database.Rows.text;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.database.NamedSql;
import io.tasklane.task.Actor;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads workers.
 *
 * @param connection to read on
 */
public record WorkerReader(Connection connection) {
  private static final String SELECT =
      """
      SELECT w.*, extract(epoch FROM clock_timestamp() - w.heartbeat_time) * 1000 AS silence,
          (SELECT count(*) FROM task_lease l WHERE l.worker = w.id) AS busy,
          ARRAY(SELECT 'tasks/' || k.name FROM task_lease l JOIN task k ON k.id = l.task
            WHERE l.worker = w.id ORDER BY l.token LIMIT 100) AS running
      FROM worker w WHERE\s""";

  /** What a living worker shows that it was heard of. */
  record Renewal(long worker, String workerId, long number) {}

  /** The worker with this id. */
  public Optional<Worker> find(String workerId) throws SQLException {
    return NamedSql.on(connection, SELECT + "w.name = :name")
        .set("name", workerId)
        .first(WorkerReader::read);
  }

  /**
   * The worker with this id.
   *
   * @throws Refusal NOT_FOUND: WORKER_NOT_FOUND
   */
  public Worker require(String workerId) throws SQLException {
    return find(workerId)
        .orElseThrow(
            () ->
                Refusal.notFound(
                    RefusalReason.WORKER_NOT_FOUND, "workers/" + workerId, "does not exist"));
  }

  /** Workers in the order of their ids, after this one, at most so many. */
  public List<Worker> list(String after, int limit) throws SQLException {
    return NamedSql.on(connection, SELECT + "w.name > :after ORDER BY w.name LIMIT :limit")
        .set("after", after)
        .set("limit", limit)
        .list(WorkerReader::read);
  }

  /** Key of the row of this worker; empty where there is none. */
  public Optional<Long> key(String workerId) throws SQLException {
    return NamedSql.on(connection, "SELECT id FROM worker WHERE name = :name")
        .set("name", workerId)
        .first(row -> row.getLong(1));
  }

  /** All living workers. */
  List<Renewal> living() throws SQLException {
    return NamedSql.on(connection, "SELECT id, name, renewal_no FROM worker WHERE state <= 3")
        .list(row -> new Renewal(row.getLong(1), row.getString(2), row.getLong(3)));
  }

  private static Worker read(ResultSet row) throws SQLException {
    Optional<String> drainer = text(row, "drain_principal");
    String reason = text(row, "drain_reason").orElse("");
    return new Worker(
        row.getString("name"),
        row.getString("host"),
        row.getString("version"),
        texts(row, "queues"),
        texts(row, "task_types"),
        row.getInt("slots"),
        texts(row, "running"),
        row.getInt("busy"),
        WorkerState.of(
            row.getInt("state"),
            row.getString("node") != null,
            Duration.ofMillis(row.getLong("silence"))),
        row.getDouble("cpu_load"),
        row.getLong("memory_bytes"),
        instant(row, "start_time").orElseThrow(),
        instant(row, "heartbeat_time").orElseThrow(),
        text(row, "node"),
        drainer.map(principal -> new Actor(principal, reason)));
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }
}
