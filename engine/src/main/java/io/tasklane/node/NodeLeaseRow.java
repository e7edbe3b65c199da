package io.tasklane.node;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The rows that say which nodes are alive. Each statement is its own commit, on a connection used
 * for nothing else.
 *
 * @param connection autocommit
 */
record NodeLeaseRow(Connection connection) {
  /**
   * A node as last read.
   *
   * @param name of the node
   * @param incarnation its start
   * @param renewalNo grows while it lives
   * @param file that this start holds locked
   */
  record Seen(String name, long incarnation, long renewalNo, LockFile file) {
    /** Whether both are the same start, whenever they were read. */
    boolean isStartOf(Seen other) {
      return name.equals(other.name) && incarnation == other.incarnation;
    }
  }

  /**
   * Replaces a row that is not dead only if it is unchanged since the caller read it, and only for
   * a caller who knows that its node has stopped.
   */
  private static final String BEGIN =
      """
      INSERT INTO node_lease (node, incarnation, renewal_no, dead, host, lock_file, lock_id,
          start_time, renew_time)
      VALUES (:node, 1, 1, false, :host, :path, :id, clock_timestamp(), clock_timestamp())
      ON CONFLICT (node) DO UPDATE SET incarnation = node_lease.incarnation + 1,
          renewal_no = node_lease.renewal_no + 1, dead = false, host = excluded.host,
          lock_file = excluded.lock_file, lock_id = excluded.lock_id,
          start_time = clock_timestamp(), renew_time = clock_timestamp()
      WHERE node_lease.dead
        OR node_lease.incarnation = :incarnation AND node_lease.renewal_no = :renewal_no
      RETURNING incarnation""";

  private static final String RENEW =
      """
      UPDATE node_lease SET renewal_no = renewal_no + 1, renew_time = clock_timestamp(),
          stopping = CASE WHEN :stopping THEN incarnation ELSE stopping END
      WHERE node = :node AND incarnation = :incarnation AND NOT dead""";
  private static final String END =
      """
      UPDATE node_lease SET dead = true, stopping = incarnation
      WHERE node = :node AND incarnation = :incarnation AND NOT dead""";

  /**
   * A frozen node may have locked the row; a node that waited for it could not renew its own lease.
   */
  private static final String DECLARE_DEAD =
      """
      UPDATE node_lease SET dead = true WHERE node = (
        SELECT node FROM node_lease WHERE node = :node AND incarnation = :incarnation AND NOT dead
        FOR UPDATE SKIP LOCKED)""";

  private static final String DECLARE_UNRENEWED_DEAD =
      DECLARE_DEAD.replace("AND NOT dead", "AND renewal_no = :renewal_no AND NOT dead");
  private static final String LIVING =
      """
      SELECT node, incarnation, renewal_no, host, lock_file, lock_id FROM node_lease
      WHERE NOT dead""";

  /**
   * Begins a new incarnation of the node; the caller holds the node's file lock.
   *
   * @param over the previous start, if the caller knows that it has ended
   * @return empty if another start of the node is alive
   */
  Optional<Node> begin(String name, LockFile file, Optional<Seen> over) throws SQLException {
    return NamedSql.on(connection, BEGIN)
        .set("node", name)
        .set("host", file.host())
        .set("path", file.path())
        .set("id", file.id())
        .set("incarnation", over.map(Seen::incarnation).orElse(-1L))
        .set("renewal_no", over.map(Seen::renewalNo).orElse(-1L))
        .first(row -> new Node(name, row.getLong(1)));
  }

  /**
   * Renews the lease. Returns whether it was still this node's.
   *
   * @param stopping whether the node stops in order: runs that do not end in time are not lost then
   */
  boolean renew(Node node, boolean stopping) throws SQLException {
    return start(RENEW, node.name(), node.incarnation()).set("stopping", stopping).update() == 1;
  }

  /** Ends the lease on a clean stop. */
  void end(Node node) throws SQLException {
    start(END, node.name(), node.incarnation()).update();
  }

  /** Declares a node dead whose process has certainly ended. */
  boolean declareDead(Seen gone) throws SQLException {
    return start(DECLARE_DEAD, gone.name(), gone.incarnation()).update() == 1;
  }

  /** Declares a node dead that has not renewed since it was read. */
  boolean declareUnrenewedDead(Seen expired) throws SQLException {
    return start(DECLARE_UNRENEWED_DEAD, expired.name(), expired.incarnation())
            .set("renewal_no", expired.renewalNo())
            .update()
        == 1;
  }

  private Parameters start(String sql, String name, long incarnation) throws SQLException {
    return NamedSql.on(connection, sql).set("node", name).set("incarnation", incarnation);
  }

  /** All nodes that count as living. */
  List<Seen> living() throws SQLException {
    return NamedSql.on(connection, LIVING).list(NodeLeaseRow::seen);
  }

  private static Seen seen(ResultSet row) throws SQLException {
    LockFile file = new LockFile(row.getString(4), row.getString(5), row.getString(6));
    return new Seen(row.getString(1), row.getLong(2), row.getLong(3), file);
  }

  /** This node, if it counts as living. */
  Optional<Seen> living(String name) throws SQLException {
    return living().stream().filter(seen -> seen.name().equals(name)).findAny();
  }
}
