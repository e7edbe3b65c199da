package io.tasklane.task.row;

import io.tasklane.database.NamedSql;
import io.tasklane.key.TaskKey;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The rows of a waiting task in the tables of ready, due and blocked tasks. The caller holds the
 * lock on the task's row.
 */
public final class WaitingRows {
  private static final String UNREADY =
      """
      DELETE FROM task_ready r USING task k
      WHERE k.id = :task AND r.queue = k.queue AND r.rank IN (0, 1) AND r.order_key = k.order_key
        AND r.task = k.id""";
  private static final String UNASIDE =
      """
      DELETE FROM task_aside a USING task k
      WHERE k.id = :task AND a.queue = k.queue AND a.task = k.id""";
  private static final String RANK =
      """
      SELECT a.rank FROM task_aside a JOIN task k ON a.queue = k.queue AND a.task = k.id
      WHERE k.id = :task
      UNION ALL
      SELECT r.rank FROM task_ready r JOIN task k
        ON r.queue = k.queue AND r.order_key = k.order_key AND r.task = k.id
      WHERE k.id = :task AND r.rank IN (0, 1)""";
  private static final String UNRESTED =
      """
      DELETE FROM task_due d USING task k
      WHERE k.id = :task AND d.due = k.next_attempt_time AND d.task = k.id""";
  private static final String UNSCHEDULED =
      """
      DELETE FROM task_due d USING task k
      WHERE k.id = :task AND d.due IN (k.run_after, k.next_attempt_time) AND d.task = k.id""";
  private static final String UNBLOCKED =
      """
      DELETE FROM task_blocked b USING task k
      WHERE k.id = :task AND b.queue = k.queue AND b.task = k.id""";

  private static final String UNOFFERED =
      """
      WITH lease AS (
        DELETE FROM task_lease l USING task k
        WHERE k.id = :task AND l.queue = k.queue AND l.task = k.id)
      DELETE FROM task_offer WHERE task = :task""";

  private WaitingRows() {}

  /** The rank of a ready task: 0 for interrupted work, else 1; empty where it is not ready. */
  public static Optional<Integer> rank(Connection connection, TaskKey task) throws SQLException {
    return NamedSql.on(connection, RANK).set("task", task).first(row -> row.getInt(1));
  }

  /** Removes these rows of a task in this state; nothing where the task does not wait. */
  public static int remove(Connection connection, TaskKey task, TaskState state)
      throws SQLException {
    return switch (state) {
      case QUEUED -> update(connection, UNREADY, task) + update(connection, UNASIDE, task);
      case RETRY_WAIT -> update(connection, UNRESTED, task);
      case SCHEDULED -> update(connection, UNSCHEDULED, task);
      case BLOCKED -> update(connection, UNBLOCKED, task);
      case OFFERED -> update(connection, UNOFFERED, task);
      default -> 0;
    };
  }

  private static int update(Connection connection, String sql, TaskKey task) throws SQLException {
    return NamedSql.on(connection, sql).set("task", task).update();
  }
}
