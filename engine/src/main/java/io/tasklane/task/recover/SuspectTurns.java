package io.tasklane.task.recover;

import io.tasklane.commit.Again;
import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.explain.Blocker;
import io.tasklane.feature.ClaimCondition;
import io.tasklane.feature.ClaimVerdict;
import io.tasklane.key.TaskKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

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

  /** Others first; a suspect that is not recovered yet is one too. */
  private static final String NAMES =
      """
      SELECT k.name FROM task k
      WHERE k.id = :task OR k.id IN (SELECT s.task FROM task_suspect s)
      ORDER BY k.id = :task, k.id LIMIT 1""";

  /** Whether a suspect stands aside. */
  private static final String ASIDE =
      """
      SELECT FROM task_suspect s JOIN task_aside a ON a.queue = s.queue AND a.task = s.task
      JOIN task k ON k.id = s.task
      WHERE s.task = :task AND a.resource IS NULL AND NOT k.key_waits""";

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
    Connection connection = batch.connection();
    ClaimVerdict verdict = verdict(connection, task, Suspects.of(connection, task).turn(task));
    if (verdict instanceof ClaimVerdict.SetAside) {
      setAside(connection, task);
    }
    return verdict;
  }

  @Override
  public ClaimVerdict look(Connection connection, TaskKey task) throws SQLException {
    boolean aside = NamedSql.on(connection, ASIDE).set("task", task).exists();
    Turn turn = aside ? Turn.STAND_ASIDE : Suspects.of(connection, task).turn(task);
    return verdict(connection, task, turn);
  }

  private static ClaimVerdict verdict(Connection connection, TaskKey task, Turn turn)
      throws SQLException {
    return switch (turn) {
      case START -> ClaimVerdict.MAY_RUN;
      case WAIT -> new ClaimVerdict.QueueWaits(suspects(connection, task));
      case STAND_ASIDE -> new ClaimVerdict.SetAside(suspects(connection, task));
    };
  }

  /** Those that the task waits for: itself where it needs its node for itself. */
  private static List<Blocker> suspects(Connection connection, TaskKey task) throws SQLException {
    return NamedSql.on(connection, NAMES)
        .set("task", task)
        .list(row -> new Blocker.Suspect("tasks/" + row.getString(1)));
  }

  private static void setAside(Connection connection, TaskKey task) throws SQLException {
    if (NamedSql.on(connection, SET_ASIDE).set("task", task).update() != 1) {
      throw Again.because("task " + task + " moved meanwhile");
    }
  }
}
