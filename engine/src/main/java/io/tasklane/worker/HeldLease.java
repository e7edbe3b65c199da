package io.tasklane.worker;

import io.tasklane.database.NamedSql;
import io.tasklane.key.FencingToken;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A lease that a worker holds: of an offer, or of a run.
 *
 * @param worker key of the worker's row
 * @param workerName "workers/{worker}"
 * @param task key of the task's row
 * @param queue key of its queue
 * @param name of the lease
 * @param state of the task
 * @param elapsed how long it runs; zero for an offer
 * @param lostCount leases that the task has lost before
 * @param limit time limit of the run: of one attempt, or what is left of that of all of them
 * @param limitedByTotal whether it is the latter
 * @param lost whether the worker was lost; of one that left in order, what it had is given back
 */
public record HeldLease(
    long worker,
    String workerName,
    TaskKey task,
    QueueKey queue,
    LeaseName name,
    TaskState state,
    Duration elapsed,
    int lostCount,
    Duration limit,
    boolean limitedByTotal,
    boolean lost) {
  private static final String SELECT =
      """
      SELECT l.worker, l.node, l.task, l.queue, l.token, k.name, k.state, k.lost_count,
          CASE WHEN k.state = %1$d THEN 0 ELSE greatest(0, extract(epoch FROM
            clock_timestamp() - k.start_time) * 1000) END AS elapsed, k.attempt_timeout_ms,
          coalesce((SELECT w.state = 4 FROM worker w WHERE w.id = l.worker), true) AS lost,
          CASE WHEN k.state = %1$d THEN coalesce(extract(epoch FROM
              k.total_deadline - clock_timestamp()) * 1000, k.total_timeout_ms)
            ELSE extract(epoch FROM k.total_deadline - k.start_time) * 1000 END AS total_ms
      FROM task_lease l JOIN task k ON k.id = l.task AND k.fencing_token = l.token
      """
          .formatted(TaskState.OFFERED.code());

  private static final String ONE =
      SELECT + "WHERE l.task = :task AND l.token = :token AND l.worker = :worker";

  private static final String OF_WORKER = SELECT + "WHERE l.worker = :worker ORDER BY l.token";

  private static final String OF_ENDED =
      SELECT
          + """
          JOIN worker w ON w.id = l.worker
          WHERE l.worker IS NOT NULL AND w.state > 3 ORDER BY l.token LIMIT 500""";

  /** The leases of this worker, the oldest first. */
  public static List<HeldLease> of(Connection connection, long worker) throws SQLException {
    return NamedSql.on(connection, OF_WORKER).set("worker", worker).list(HeldLease::read);
  }

  /** This lease, if the worker holds it. */
  public static Optional<HeldLease> find(Connection connection, LeaseKey lease)
      throws SQLException {
    return NamedSql.on(connection, ONE)
        .set("task", lease.task())
        .set("token", lease.token())
        .set("worker", lease.worker())
        .first(HeldLease::read);
  }

  /** Leases of workers that are lost or have left, the oldest first; at most 500. */
  public static List<HeldLease> ofEnded(Connection connection) throws SQLException {
    return NamedSql.on(connection, OF_ENDED).list(HeldLease::read);
  }

  private static HeldLease read(ResultSet row) throws SQLException {
    long attempt = row.getLong("attempt_timeout_ms");
    long total = row.getLong("total_ms");
    boolean byTotal = !row.wasNull() && total < attempt;
    return new HeldLease(
        row.getLong("worker"),
        row.getString("node"),
        new TaskKey(row.getLong("task")),
        new QueueKey(row.getInt("queue")),
        new LeaseName(row.getString("name"), new FencingToken(row.getLong("token"))),
        TaskState.of(row.getInt("state")),
        Duration.ofMillis(row.getLong("elapsed")),
        row.getInt("lost_count"),
        Duration.ofMillis(byTotal ? Math.max(0, total) : attempt),
        byTotal,
        row.getBoolean("lost"));
  }

  /** Whether the worker has not accepted it. */
  public boolean isOffer() {
    return state == TaskState.OFFERED;
  }

  /** The key of the lease. */
  public LeaseKey key() {
    return new LeaseKey(worker, task, name.token());
  }
}
