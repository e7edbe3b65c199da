package io.tasklane.node;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows that say which nodes live. Each statement is a commit of its own, on a connection that
 * serves nothing else.
 *
 * @param connection autocommit
 */
record NodeLeaseRow(Connection connection) {
  /**
   * A node as last seen.
   *
   * @param name of the node
   * @param incarnation its start
   * @param renewalNo grows while it lives
   */
  record Seen(String name, long incarnation, long renewalNo) {}

  private static final String BEGIN =
      """
      INSERT INTO node_lease (node, incarnation, renewal_no, dead, host, lock_file, start_time,
          renew_time)
      VALUES (?, 1, 1, false, ?, ?, clock_timestamp(), clock_timestamp())
      ON CONFLICT (node) DO UPDATE SET incarnation = node_lease.incarnation + 1,
          renewal_no = node_lease.renewal_no + 1, dead = false, host = excluded.host,
          lock_file = excluded.lock_file, start_time = clock_timestamp(),
          renew_time = clock_timestamp()
      RETURNING incarnation""";
  private static final String RENEW =
      """
      UPDATE node_lease SET renewal_no = renewal_no + 1, renew_time = clock_timestamp()
      WHERE node = ? AND incarnation = ? AND NOT dead""";
  private static final String BURY =
      "UPDATE node_lease SET dead = true WHERE node = ? AND incarnation = ? AND renewal_no = ?";
  private static final String END =
      "UPDATE node_lease SET dead = true WHERE node = ? AND incarnation = ?";

  /** Begins a new incarnation of the node; the caller holds the node's file lock. */
  Node begin(String name, String host, String lockFile) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
      statement.setString(1, name);
      statement.setString(2, host);
      statement.setString(3, lockFile);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Node(name, row.getLong(1));
      }
    }
  }

  /** Whether the lease still was this node's to renew. */
  boolean renew(Node node) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RENEW)) {
      statement.setString(1, node.name());
      statement.setLong(2, node.incarnation());
      return statement.executeUpdate() == 1;
    }
  }

  /** Ends the lease of a node that stops in good order. */
  void end(Node node) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(END)) {
      statement.setString(1, node.name());
      statement.setLong(2, node.incarnation());
      statement.executeUpdate();
    }
  }

  /** Declares a silent node dead, unless it has renewed since it was seen. */
  boolean bury(Seen silent) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BURY)) {
      statement.setString(1, silent.name());
      statement.setLong(2, silent.incarnation());
      statement.setLong(3, silent.renewalNo());
      return statement.executeUpdate() == 1;
    }
  }

  /** All nodes that count as living. */
  List<Seen> living() throws SQLException {
    List<Seen> seen = new ArrayList<>();
    String sql = "SELECT node, incarnation, renewal_no FROM node_lease WHERE NOT dead";
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        seen.add(new Seen(row.getString(1), row.getLong(2), row.getLong(3)));
      }
    }
    return seen;
  }
}
