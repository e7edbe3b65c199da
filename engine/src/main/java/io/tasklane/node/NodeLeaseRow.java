package io.tasklane.node;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
   * @param file that this start holds locked
   */
  record Seen(String name, long incarnation, long renewalNo, LockFile file) {
    /** Whether both are the same start, seen at whatever time. */
    boolean isStartOf(Seen other) {
      return name.equals(other.name) && incarnation == other.incarnation;
    }
  }

  /** A row that is not dead is replaced only as it was seen, by one who knows that it is over. */
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

  /** A frozen node may have locked the row; who waited for it could not renew its own meanwhile. */
  private static final String BURY =
      """
      UPDATE node_lease SET dead = true WHERE node = (
        SELECT node FROM node_lease WHERE node = ? AND incarnation = ? AND NOT dead
        FOR UPDATE SKIP LOCKED)""";

  private static final String BURY_SILENT =
      BURY.replace("AND NOT dead", "AND renewal_no = ? AND NOT dead");
  private static final String LIVING =
      """
      SELECT node, incarnation, renewal_no, host, lock_file, lock_id FROM node_lease
      WHERE NOT dead""";

  /**
   * Begins a new incarnation of the node; the caller holds the node's file lock.
   *
   * @param over the start before, of which the caller knows that it is over
   * @return empty where another start of the node lives
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

  /** Whether the lease still was this node's to renew. */
  boolean renew(Node node) throws SQLException {
    return changes(RENEW, node.name(), node.incarnation());
  }

  /** Ends the lease of a node that stops in good order. */
  void end(Node node) throws SQLException {
    changes(END, node.name(), node.incarnation());
  }

  /** Declares a node dead whose process is proved to be gone. */
  boolean bury(Seen gone) throws SQLException {
    return changes(BURY, gone.name(), gone.incarnation());
  }

  /** Declares a silent node dead, unless it has renewed since it was seen. */
  boolean burySilent(Seen silent) throws SQLException {
    return changes(BURY_SILENT, silent.name(), silent.incarnation(), silent.renewalNo());
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

  /** This node, where it counts as living. */
  Optional<Seen> living(String name) throws SQLException {
    return living().stream().filter(seen -> seen.name().equals(name)).findAny();
  }
}
