package io.tasklane.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The PostgreSQL that holds the truth: a pool for reads, and connections of their own for those
 * that must never wait for a pool (the group committer, the node lease, the tail of the event log).
 *
 * @param pool for reads, autocommit
 * @param direct opens an unpooled connection
 */
public record Database(DataSource pool, DataSource direct) {
  /** A pooled connection for reading. */
  public Connection read() throws SQLException {
    return pool.getConnection();
  }

  /** A connection that belongs to its opener alone. */
  public Connection open() throws SQLException {
    return direct.getConnection();
  }
}
