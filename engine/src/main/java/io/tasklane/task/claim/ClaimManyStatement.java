package io.tasklane.task.claim;

import io.tasklane.commit.Ownership;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Task;
import io.tasklane.task.row.TaskRows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Claims the heads of several queues of one node in one statement: of each queue as many as are
 * wanted and have room, up to the first that this statement cannot claim.
 */
public final class ClaimManyStatement {
  private static final String SQL =
      """
      WITH ${NOW},
      asks AS MATERIALIZED (SELECT :node::text AS node, :incarnation::bigint AS incarnation),
      room AS MATERIALIZED (
        SELECT a.*, (
          SELECT CASE WHEN a.ahead AND count(l.worker) > 0 THEN 0
            ELSE greatest(0, a.places - count(*)) END
          FROM task_lease l WHERE l.queue = a.queue) AS free
        FROM unnest(:queues::int[], :wanted::int[], :places::int[], :ahead::boolean[])
          AS a (queue, wanted, places, ahead)),
      ${HEADS_CLAIMED},
      ${LOG}
      ${LOG_CLAIM})
      SELECT ${TASK}, room.queue AS of_queue, room.free, unfit.task AS unfit, unfit.alone
      FROM room LEFT JOIN claimed c ON c.queue = room.queue CROSS JOIN ${UNFIT} unfit
      ORDER BY room.queue, c.fencing_token""";

  /**
   * What to claim of one queue.
   *
   * @param queue its key; its owner row is locked
   * @param tasks how many to claim
   * @param places how many leases the queue may have
   * @param ahead whether tasks are claimed before those in front of them have ended, so that some
   *     have to be claimed alone
   */
  public record Wanted(QueueKey queue, int tasks, int places, boolean ahead) {
    /** As many tasks more as the other one wants, of the same queue. */
    public Wanted and(Wanted other) {
      return new Wanted(queue, tasks + other.tasks, places, ahead);
    }
  }

  /**
   * What was claimed of one queue.
   *
   * @param tasks in the order in which they are to run; the caller takes them out
   * @param free how many places were free before
   * @param unfit the first head that could not be claimed this way, 0 for none
   * @param alone whether that one has to be claimed alone
   */
  public record Claimed(Deque<Task> tasks, long free, TaskKey unfit, boolean alone) {}

  private final String text;
  private final NamedSql sql;

  /** The statement with these conditions of the features. */
  public ClaimManyStatement(ClaimSql pieces) {
    text = pieces.complete(SQL);
    sql = NamedSql.of(text);
  }

  /** The SQL, with named parameters. */
  public String text() {
    return text;
  }

  /**
   * Claims for this node.
   *
   * @param mine the node, by one of its ownerships
   * @return what was claimed, by the keys of the queues
   */
  public Map<QueueKey, Claimed> claim(
      Connection connection, Ownership mine, Collection<Wanted> wanted) throws SQLException {
    Map<QueueKey, Claimed> claimed = new HashMap<>();
    bind(sql.on(connection), mine, wanted).each(row -> add(claimed, row));
    return claimed;
  }

  static Parameters bind(Parameters parameters, Ownership mine, Collection<Wanted> wanted)
      throws SQLException {
    return parameters
        .set("node", mine.node())
        .set("incarnation", mine.incarnation())
        .rows(wanted)
        .add("queues", "int4", Wanted::queue)
        .add("wanted", "int4", Wanted::tasks)
        .add("places", "int4", Wanted::places)
        .add("ahead", "bool", Wanted::ahead);
  }

  private static void add(Map<QueueKey, Claimed> claimed, ResultSet row) throws SQLException {
    QueueKey queue = new QueueKey(row.getInt("of_queue"));
    if (!claimed.containsKey(queue)) {
      claimed.put(queue, nothingYet(row));
    }
    if (row.getObject("id") != null) {
      claimed.get(queue).tasks.add(TaskRows.read(row));
    }
  }

  private static Claimed nothingYet(ResultSet row) throws SQLException {
    return new Claimed(
        new ArrayDeque<>(),
        row.getLong("free"),
        new TaskKey(row.getLong("unfit")),
        row.getBoolean("alone"));
  }
}
