package io.tasklane.task.store;

import io.tasklane.store.OwnerRow;
import io.tasklane.store.Ownership;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;

/**
 * Claims the heads of several queues of one node in one statement, of each as many as are asked for
 * and may run, up to the first that cannot be claimed so: one that needs resources, has expired, or
 * moved in a newer transaction. It gives a row for each task claimed, and one for a queue without
 * any.
 */
final class ClaimHeadsStatement {
  static final String SQL =
      ClaimSql.complete(
          """
          WITH ${NOW},
          asks AS MATERIALIZED (SELECT ?::text AS node, ?::bigint AS incarnation),
          ask AS MATERIALIZED (
            SELECT a.*, greatest(0, a.concurrency -
                (SELECT count(*) FROM task_lease l WHERE l.queue = a.queue)) AS free
            FROM unnest(?::int[], ?::int[], ?::int[]) AS a (queue, wanted, concurrency)),
          heads AS MATERIALIZED (
            SELECT h.* FROM ask CROSS JOIN LATERAL (
              SELECT * FROM (
                SELECT r.queue, r.rank, r.order_key, r.task, r.ctid AS row FROM task_ready r
                WHERE r.queue = ask.queue
                ORDER BY r.queue, r.rank, r.order_key, r.task LIMIT ${MOST}) r
              LIMIT least(ask.wanted, ask.free)) h),
          looked AS MATERIALIZED (
            SELECT h.*, k.state_time AS since,
                row_number() OVER (PARTITION BY h.queue ORDER BY h.rank, h.order_key, h.task) AS n,
                k.state = ${QUEUED} AND k.move_xid <= t.xid AND k.resource_units IS NULL
                  AND ${IN_TIME} AS fit
            FROM heads h CROSS JOIN LATERAL (
              SELECT * FROM task WHERE id = h.task OFFSET 0) k, t),
          numbered AS MATERIALIZED (
            SELECT f.*, nextval('fencing_token') AS token FROM (
              SELECT l.* FROM looked l
              WHERE NOT EXISTS (SELECT FROM looked b
                WHERE b.queue = l.queue AND NOT b.fit AND b.n <= l.n)
              ORDER BY l.queue, l.n) f),
          taken AS (
            DELETE FROM task_ready r USING numbered c
            WHERE r.ctid = ANY (ARRAY(SELECT row FROM numbered)) AND r.ctid = c.row
            RETURNING c.task, c.token, c.since),
          claimed AS (
            UPDATE task k SET state = ${RUNNING}, state_time = t.at, version = k.version + 1,
                move_xid = t.xid, revision = nextval('event_seq'), attempt = k.attempt + 1,
                fencing_token = c.token, node = asks.node, start_time = t.at,
                total_deadline = ${TOTAL_DEADLINE}, next_attempt_time = NULL
            FROM taken c, asks, t WHERE k.id = c.task
            RETURNING k.*, c.since),
          leased AS (
            INSERT INTO task_lease (queue, task, node, incarnation, token)
            SELECT c.queue, c.id, asks.node, asks.incarnation, c.fencing_token
            FROM claimed c, asks),
          ${LOG}
            SELECT t.xid, c.revision, t.at, c.since, c.id, c.queue, 1, ${CLAIM}, ${QUEUED}, c.state,
                c.attempt, c.priority, c.version, 'tasks/' || c.name, c.task_type,
                'nodes/' || c.node, NULL
            FROM claimed c, t)
          SELECT ask.queue AS of_queue, ask.free,
              coalesce((SELECT b.task FROM looked b WHERE b.queue = ask.queue AND NOT b.fit
                ORDER BY b.n LIMIT 1), 0) AS unfit,
              c.*, (SELECT q.name FROM queue q WHERE q.id = c.queue) AS queue_id
          FROM ask LEFT JOIN claimed c ON c.queue = ask.queue
          ORDER BY ask.queue, c.fencing_token""");

  private ClaimHeadsStatement() {}

  /**
   * The statement, bound.
   *
   * @param mine the node, by one of its ownerships
   * @param wanted how many to claim, by the locked owner row of their queue
   */
  static PreparedStatement of(Connection connection, Ownership mine, Map<OwnerRow, Integer> wanted)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(SQL);
    statement.setString(1, mine.node());
    statement.setLong(2, mine.incarnation());
    bind(statement, 3, wanted.keySet(), OwnerRow::queue);
    bind(statement, 4, wanted.values(), Function.identity());
    bind(statement, 5, wanted.keySet(), OwnerRow::concurrency);
    return statement;
  }

  private static <T> void bind(
      PreparedStatement statement, int index, Collection<T> rows, Function<T, Integer> value)
      throws SQLException {
    Object[] values = rows.stream().map(value).toArray();
    statement.setArray(index, statement.getConnection().createArrayOf("int4", values));
  }
}
