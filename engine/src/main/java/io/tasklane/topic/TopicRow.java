package io.tasklane.topic;

import io.tasklane.database.NamedSql;
import io.tasklane.node.Node;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Who sends, and how far it has come.
 *
 * @param node who sends, empty while nobody has begun
 * @param epoch raised by each node that takes over
 * @param transaction first half of the position
 * @param sequence second half of the position
 */
record TopicRow(Optional<Node> node, long epoch, long transaction, long sequence) {
  private static final String SELECT = "SELECT node, incarnation, epoch, xid, seq FROM event_topic";

  /** Whether it is this node's turn, or may become it because no living node sends. */
  private static final String FREE =
      """
      SELECT EXISTS (
        SELECT FROM event_topic p WHERE p.node IS NULL
          OR p.node = :node AND p.incarnation = :incarnation
          OR NOT EXISTS (SELECT FROM node_lease l
            WHERE l.node = p.node AND l.incarnation = p.incarnation AND NOT l.dead))""";

  /** By an index, because it is the first event after the position. */
  private static final String LAG =
      """
      SELECT extract(epoch FROM clock_timestamp() - e.time) * 1000
      FROM event_topic p, task_event e WHERE (e.xid, e.seq) > (p.xid, p.seq)
        AND e.xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
      ORDER BY e.xid, e.seq LIMIT 1""";

  /** Reads which node sends the events, and up to which position it has. */
  static TopicRow read(Connection connection) throws SQLException {
    return NamedSql.on(connection, SELECT).one(TopicRow::of);
  }

  /** The same, locked until the transaction ends; empty where another one holds it. */
  static Optional<TopicRow> lock(Connection connection) throws SQLException {
    return NamedSql.on(connection, SELECT + " FOR UPDATE SKIP LOCKED").first(TopicRow::of);
  }

  /** Whether this node may send. */
  static boolean isFree(Connection connection, Node me) throws SQLException {
    return NamedSql.on(connection, FREE)
        .set("node", me.name())
        .set("incarnation", me.incarnation())
        .one(row -> row.getBoolean(1));
  }

  /** How old the oldest event is that has not been sent; zero if there is none. */
  static Duration lag(Connection connection) throws SQLException {
    return NamedSql.on(connection, LAG)
        .first(row -> Duration.ofMillis(Math.max(0, row.getLong(1))))
        .orElse(Duration.ZERO);
  }

  private static TopicRow of(ResultSet row) throws SQLException {
    String node = row.getString("node");
    return new TopicRow(
        node == null ? Optional.empty() : Optional.of(new Node(node, row.getLong("incarnation"))),
        row.getLong("epoch"),
        row.getLong("xid"),
        row.getLong("seq"));
  }
}
