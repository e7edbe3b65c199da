package io.tasklane.task.claim;

import io.tasklane.commit.Batch;
import io.tasklane.commit.Ownership;
import io.tasklane.task.Task;
import io.tasklane.task.row.TaskRows;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Claims the head of a queue without completing a run. */
public final class ClaimStatement {
  public static final String SQL =
      ClaimSql.complete(
          """
          WITH ask AS MATERIALIZED (
            SELECT ?::int AS queue, ?::boolean AS claim, ?::text AS node, ?::bigint AS incarnation,
                ?::bigint AS epoch, ?::bigint AS cleared, ?::bigint AS after),
          ${NOW},
          ${HELD},
          slot AS MATERIALIZED (
            SELECT ${MAY_CLAIM} AND (SELECT count(*) FROM task_lease l WHERE l.queue = ask.queue)
              < held.concurrency
              AND (ask.after = 0 OR EXISTS (SELECT FROM task k
                WHERE k.id = (SELECT after FROM ask) AND k.move_xid = (SELECT xid FROM t)))
              AS free
            FROM ask, held),
          ${CLAIMED},
          ${LOG}
          ${LOG_CLAIM})
          SELECT ${CLAIM_ROW}, false AS completed, false AS complete_later, NULL AS awaited
          FROM ask LEFT JOIN claimed c ON true""");

  /** Finds what a transaction has claimed by the leases that it wrote. */
  private static final String FIND =
      """
      SELECT %s FROM task_lease l
      JOIN task k ON k.id = l.task JOIN queue q ON q.id = k.queue
      WHERE l.queue = ? AND l.xmin = (?::bigint %% 4294967296)::text::xid
      ORDER BY l.token"""
          .formatted(TaskRows.columns("k", "q.name"));

  private static final int AFTER = 7;

  private ClaimStatement() {}

  /**
   * The bound statement.
   *
   * @param claim false claims nothing
   * @param cleared a task whose resources have been checked, 0 for none
   */
  public static PreparedStatement of(Batch batch, Ownership mine, boolean claim, long cleared)
      throws SQLException {
    PreparedStatement statement = batch.connection().prepareStatement(SQL);
    bind(statement, 0, mine, claim, cleared);
    statement.setLong(AFTER, 0);
    return statement;
  }

  /**
   * Binds the statement to claim only where another task was completed in the same transaction.
   *
   * @param before number of parameters that stand before those of this statement
   * @param claim false claims nothing
   * @param completed key of that task
   */
  public static void bindAfter(
      PreparedStatement statement, int before, Ownership mine, boolean claim, long completed)
      throws SQLException {
    bind(statement, before, mine, claim, 0);
    statement.setLong(before + AFTER, completed);
  }

  /** Binds the statement to claim unconditionally. */
  public static void bind(PreparedStatement statement, int before, Ownership mine)
      throws SQLException {
    bind(statement, before, mine, true, 0);
    statement.setLong(before + AFTER, 0);
  }

  private static void bind(
      PreparedStatement statement, int before, Ownership mine, boolean claim, long cleared)
      throws SQLException {
    statement.setInt(before + 1, mine.queue());
    statement.setBoolean(before + 2, claim);
    statement.setString(before + 3, mine.node());
    statement.setLong(before + 4, mine.incarnation());
    statement.setLong(before + 5, mine.epoch());
    statement.setLong(before + 6, cleared);
  }

  /** The tasks of a queue that a committed transaction has claimed, in the order of its claims. */
  public static List<Task> find(Batch committed, int queue) throws SQLException {
    List<Task> claimed = new ArrayList<>();
    try (PreparedStatement statement = committed.connection().prepareStatement(FIND)) {
      statement.setInt(1, queue);
      statement.setLong(2, committed.transaction());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          claimed.add(TaskRows.read(row));
        }
      }
    }
    return claimed;
  }
}
