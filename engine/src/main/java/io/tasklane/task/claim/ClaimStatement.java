package io.tasklane.task.claim;

import io.tasklane.commit.Batch;
import io.tasklane.commit.Ownership;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Task;
import io.tasklane.task.row.TaskRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

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
      WHERE l.queue = :queue AND l.worker IS NULL
        AND l.xmin = (:transaction::bigint %% 4294967296)::text::xid
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
   * What a claim has found.
   *
   * @param claimed the head, if it could be claimed
   * @param free whether another task could run at all
   * @param head key of the head, 0 for none
   */
  public record Found(Optional<Task> claimed, boolean free, TaskKey head) {
    private static Found read(ResultSet row) throws SQLException {
      Optional<Task> claimed =
          row.getObject("id") == null ? Optional.empty() : Optional.of(TaskRows.read(row));
      return new Found(claimed, row.getBoolean("slot_free"), new TaskKey(row.getLong("head")));
    }
  }

  /**
   * Claims the head.
   *
   * @param cleared a task that the conditions' features have checked, 0 for none
   */
  public Found claim(Batch batch, Ownership mine, TaskKey cleared) throws SQLException {
    return bind(sql.on(batch.connection()), mine, true)
        .set("cleared", cleared)
        .set("after", TaskKey.NONE)
        .one(Found::read);
  }

  /**
   * Binds the statement to claim only where another task was completed in the same transaction.
   *
   * @param claim false claims nothing
   * @param completed key of that task
   */
  public static void bindAfter(
      Parameters parameters, Ownership mine, boolean claim, TaskKey completed) throws SQLException {
    bind(parameters, mine, claim).set("cleared", TaskKey.NONE).set("after", completed);
  }

  /** Binds the statement to claim unconditionally. */
  public static void bind(Parameters parameters, Ownership mine) throws SQLException {
    bind(parameters, mine, true).set("cleared", TaskKey.NONE).set("after", TaskKey.NONE);
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
  public static List<Task> find(Batch committed, QueueKey queue) throws SQLException {
    return NamedSql.on(committed.connection(), FIND)
        .set("queue", queue)
        .set("transaction", committed.transaction())
        .list(TaskRows::read);
  }
}
