package io.tasklane.node;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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
      VALUES (?, 1, 1, false, ?, ?, ?, clock_timestamp(), clock_timestamp())
      ON CONFLICT (node) DO UPDATE SET incarnation = node_lease.incarnation + 1,
          renewal_no = node_lease.renewal_no + 1, dead = false, host = excluded.host,
          lock_file = excluded.lock_file, lock_id = excluded.lock_id,
          start_time = clock_timestamp(), renew_time = clock_timestamp()
      WHERE node_lease.dead OR node_lease.incarnation = ? AND node_lease.renewal_no = ?
      RETURNING incarnation""";

  private static final String RENEW =
      """
      UPDATE node_lease SET renewal_no = renewal_no + 1, renew_time = clock_timestamp()
      WHERE node = ? AND incarnation = ? AND NOT dead""";
  private static final String END =
      "UPDATE node_lease SET dead = true WHERE node = ? AND incarnation = ? AND NOT dead";

  /**
   * A frozen node may have locked the row; a node that waited for it could not renew its own lease.
   */
  private static final String DECLARE_DEAD =
      """
      UPDATE node_lease SET dead = true WHERE node = (
        SELECT node FROM node_lease WHERE node = ? AND incarnation = ? AND NOT dead
        FOR UPDATE SKIP LOCKED)""";

  private static final String DECLARE_UNRENEWED_DEAD =
      DECLARE_DEAD.replace("AND NOT dead", "AND renewal_no = ? AND NOT dead");
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
    try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
      statement.setString(1, name);
      statement.setString(2, file.host());
      statement.setString(3, file.path());
      statement.setString(4, file.id());
      statement.setLong(5, over.map(Seen::incarnation).orElse(-1L));
      statement.setLong(6, over.map(Seen::renewalNo).orElse(-1L));
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(new Node(name, row.getLong(1))) : Optional.empty();
      }
    }
  }

  /** Renews the lease. Returns whether it was still this node's. */
  boolean renew(Node node) throws SQLException {
    return changes(RENEW, node.name(), node.incarnation());
  }

  /** Ends the lease on a clean stop. */
  void end(Node node) throws SQLException {
    changes(END, node.name(), node.incarnation());
  }

  /** Declares a node dead whose process has certainly ended. */
  boolean declareDead(Seen gone) throws SQLException {
    return changes(DECLARE_DEAD, gone.name(), gone.incarnation());
  }

  /** Declares a node dead that has not renewed since it was read. */
  boolean declareUnrenewedDead(Seen expired) throws SQLException {
    return changes(
        DECLARE_UNRENEWED_DEAD, expired.name(), expired.incarnation(), expired.renewalNo());
  }

  private boolean changes(String sql, String name, long... numbers) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      for (int i = 0; i < numbers.length; i++) {
        statement.setLong(i + 2, numbers[i]);
      }
      return statement.executeUpdate() == 1;
    }
  }

  /** All nodes that count as living. */
  List<Seen> living() throws SQLException {
    List<Seen> seen = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(LIVING);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        LockFile file = new LockFile(row.getString(4), row.getString(5), row.getString(6));
        seen.add(new Seen(row.getString(1), row.getLong(2), row.getLong(3), file));
      }
    }
    return seen;
  }

  /** This node, if it counts as living. */
  Optional<Seen> living(String name) throws SQLException {
    return living().stream().filter(seen -> seen.name().equals(name)).findAny();
  }
}
