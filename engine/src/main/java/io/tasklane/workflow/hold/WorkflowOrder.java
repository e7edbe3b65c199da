package io.tasklane.workflow.hold;

import io.tasklane.commit.Again;
import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.explain.Blocker;
import io.tasklane.feature.ClaimCondition;
import io.tasklane.feature.ClaimVerdict;
import io.tasklane.key.TaskKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps the tasks of held queues waiting: {@link HeldTask} decides. While no queue is held a claim
 * asks an empty table once. The claim has locked the owner row of the queue, and so has whoever
 * changes its holds: none begins or ends before the claim is committed.
 */
public final class WorkflowOrder implements ClaimCondition {
  /** A task of a workflow inside of another belongs to the one around all: that waits for it. */
  private static final String FACTS =
      """
      SELECT h.workflow AS holder, h.may_pass, w.name,
          (SELECT min(coalesce(o.outermost, t.workflow)) FROM workflow_task t
            LEFT JOIN workflow o ON o.id = t.workflow WHERE t.task = k.id) AS owner
      FROM task k JOIN queue_hold h ON h.queue = k.queue JOIN workflow w ON w.id = h.workflow
      WHERE k.id = :task ORDER BY h.workflow LIMIT 1""";

  private static final String SET_ASIDE =
      """
      WITH gone AS (
        DELETE FROM task_ready r USING task k
        WHERE k.id = :task AND r.queue = k.queue AND r.rank IN (0, 1) AND r.order_key = k.order_key
          AND r.task = k.id
        RETURNING r.queue, r.task, r.rank, r.order_key)
      INSERT INTO task_aside (queue, task, rank, order_key, held)
      SELECT queue, task, rank, order_key, true FROM gone""";

  private record Hold(HeldTask task, boolean mayPass, String workflow) {}

  /** The first part is asked once for each statement, by the index, whose keys begin with 1. */
  @Override
  public String sql() {
    return "NOT EXISTS (SELECT FROM queue_hold a WHERE a.queue > 0)"
        + " OR NOT EXISTS (SELECT FROM queue_hold h WHERE h.queue = k.queue)";
  }

  @Override
  public ClaimVerdict look(Connection connection, TaskKey task) throws SQLException {
    Optional<Hold> hold =
        NamedSql.on(connection, FACTS).set("task", task).first(WorkflowOrder::hold);
    if (hold.isEmpty() || !hold.get().task().isHeld()) {
      return ClaimVerdict.MAY_RUN;
    }
    List<Blocker> holder = List.of(new Blocker.WorkflowOrder("workflows/" + hold.get().workflow()));
    return hold.get().mayPass()
        ? new ClaimVerdict.SetAside(holder)
        : new ClaimVerdict.QueueWaits(holder);
  }

  @Override
  public ClaimVerdict check(Batch batch, TaskKey task) throws SQLException {
    ClaimVerdict verdict = look(batch.connection(), task);
    if (verdict instanceof ClaimVerdict.SetAside) {
      setAside(batch.connection(), task);
    }
    return verdict;
  }

  private static Hold hold(ResultSet row) throws SQLException {
    long owner = row.getLong("owner");
    OptionalLong of = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(owner);
    return new Hold(
        new HeldTask(OptionalLong.of(row.getLong("holder")), of),
        row.getBoolean("may_pass"),
        row.getString("name"));
  }

  private static void setAside(Connection connection, TaskKey task) throws SQLException {
    if (NamedSql.on(connection, SET_ASIDE).set("task", task).update() != 1) {
      throw Again.because("task " + task + " moved meanwhile");
    }
  }
}
