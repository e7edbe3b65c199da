package io.tasklane.task.claim;

import io.tasklane.commit.OwnerRow;
import io.tasklane.commit.Ownership;
import io.tasklane.database.ArrayColumns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;

/**
 * Claims the heads of several queues of one node in one statement: of each queue as many as are
 * requested and may run, up to the first that this statement cannot claim because it needs
 * resources, has expired, or moved in a newer transaction. It returns a row for each claimed task,
 * and one for a queue without any.
 */
public final class ClaimHeadsStatement {
  public static final String SQL =
      ClaimSql.complete(
          """
          WITH ${NOW},
          asks AS MATERIALIZED (SELECT ?::text AS node, ?::bigint AS incarnation),
          room AS MATERIALIZED (
            SELECT a.*, greatest(0, a.concurrency -
                (SELECT count(*) FROM task_lease l WHERE l.queue = a.queue)) AS free
            FROM unnest(?::int[], ?::int[], ?::int[]) AS a (queue, wanted, concurrency)),
          ${HEADS_CLAIMED},
          ${LOG}
          ${LOG_CLAIM})
          SELECT ${TASK}, room.queue AS of_queue, room.free, ${UNFIT} AS unfit
          FROM room LEFT JOIN claimed c ON c.queue = room.queue
          ORDER BY room.queue, c.fencing_token""");

  private ClaimHeadsStatement() {}

  /**
   * The bound statement.
   *
   * @param mine the node, by one of its ownerships
   * @param wanted how many to claim, by the locked owner row of their queue
   */
  public static PreparedStatement of(
      Connection connection, Ownership mine, Map<OwnerRow, Integer> wanted) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(SQL);
    statement.setString(1, mine.node());
    statement.setLong(2, mine.incarnation());
    ArrayColumns.of(statement, 2, wanted.entrySet())
        .add("int4", queue -> queue.getKey().queue())
        .add("int4", Map.Entry::getValue)
        .add("int4", queue -> queue.getKey().concurrency());
    return statement;
  }
}
