package io.tasklane.task.recover;

import io.tasklane.commit.Again;
import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.feature.ClaimCondition;
import io.tasklane.feature.ClaimVerdict;
import io.tasklane.key.TaskKey;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Keeps suspects of a node from running together, and others from running beside them for the first
 * seconds: {@link Turn} decides. While there are no suspects a claim asks an empty table.
 *
 * <p>It takes no lock: what a node runs, only the node's own commands change, one batch after
 * another.
 */
final class SuspectTurns implements ClaimCondition {
  private static final String SET_ASIDE =
      """
      WITH gone AS (
        DELETE FROM task_ready r USING task k
        WHERE k.id = :task AND r.queue = k.queue AND r.rank IN (0, 1) AND r.order_key = k.order_key
          AND r.task = k.id
        RETURNING r.queue, r.task, r.rank, r.order_key)
      INSERT INTO task_aside (queue, task, rank, order_key)
      SELECT queue, task, rank, order_key FROM gone""";

  /**
   * True of every task while there are no suspects; asked once for each statement, by the index,
   * whose keys begin with 1.
   */
  @Override
  public String sql() {
    return "NOT EXISTS (SELECT FROM task_suspect s WHERE s.task > 0)";
  }

  @Override
  public ClaimVerdict check(Batch batch, TaskKey task) throws SQLException {
    Suspects suspects = Suspects.of(batch.connection(), task);
    return switch (suspects.turn(task)) {
      case START -> ClaimVerdict.MAY_RUN;
      case WAIT ->
          new ClaimVerdict.QueueWaits(
              "waits while a task runs alone on its node, because its last run was lost");
      case STAND_ASIDE -> {
        setAside(batch.connection(), task);
        yield new ClaimVerdict.SetAside(
            "waits until no other task runs on its node of which a run was lost");
      }
    };
  }

  private static void setAside(Connection connection, TaskKey task) throws SQLException {
    if (NamedSql.on(connection, SET_ASIDE).set("task", task).update() != 1) {
      throw Again.because("task " + task + " moved meanwhile");
    }
  }
}
