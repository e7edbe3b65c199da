package io.tasklane.task.claim;

import io.tasklane.commit.Batch;
import io.tasklane.commit.Ownership;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.task.Task;
import io.tasklane.task.row.TaskRows;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Claims the head of one queue without completing a run. */
public final class ClaimStatement {
  private static final String SQL =
      """
      WITH ask AS MATERIALIZED (
        SELECT :queue::int AS queue, :claim::boolean AS claim, :node::text AS node,
            :incarnation::bigint AS incarnation, :epoch::bigint AS epoch,
            :cleared::bigint AS cleared, :after::bigint AS after),
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
      SELECT ${TASK}, (SELECT free FROM slot) AS slot_free, (SELECT task FROM head) AS head
      FROM ask LEFT JOIN claimed c ON true""";

  /** Finds what a transaction has claimed by the leases that it wrote. */
  private static final String FIND =
      """
      SELECT %s FROM task_lease l
      JOIN task k ON k.id = l.task JOIN queue q ON q.id = k.queue
      WHERE l.queue = ? AND l.xmin = (?::bigint %% 4294967296)::text::xid
      ORDER BY l.token"""
          .formatted(TaskRows.columns("k", "q.name"));

  private final String text;
  private final NamedSql sql;

  /** The statement with these conditions of the features. */
  public ClaimStatement(ClaimSql pieces) {
    text = pieces.complete(SQL);
    sql = NamedSql.of(text);
  }

  /** The SQL, with named parameters. */
  public String text() {
    return text;
  }

  /**
   * The bound statement.
   *
   * @param cleared a task that the conditions' features have checked, 0 for none
   */
  public PreparedStatement of(Batch batch, Ownership mine, long cleared) throws SQLException {
    PreparedStatement statement = sql.prepare(batch.connection());
    bind(sql.of(statement), mine, true).set("cleared", cleared).set("after", 0L);
    return statement;
  }

  /**
   * Binds the statement to claim only where another task was completed in the same transaction.
   *
   * @param claim false claims nothing
   * @param completed key of that task
   */
  public static void bindAfter(Parameters parameters, Ownership mine, boolean claim, long completed)
      throws SQLException {
    bind(parameters, mine, claim).set("cleared", 0L).set("after", completed);
  }

  /** Binds the statement to claim unconditionally. */
  public static void bind(Parameters parameters, Ownership mine) throws SQLException {
    bind(parameters, mine, true).set("cleared", 0L).set("after", 0L);
  }

  private static Parameters bind(Parameters parameters, Ownership mine, boolean claim)
      throws SQLException {
    return parameters
        .set("queue", mine.queue())
        .set("claim", claim)
        .set("node", mine.node())
        .set("incarnation", mine.incarnation())
        .set("epoch", mine.epoch());
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
