package io.tasklane.retention;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Removes one kind of thing that has passed its retention period, step by step. For one clean-up.
 */
public interface Sweep {
  /**
   * Removes the next few, in one small transaction.
   *
   * @param connection in autocommit
   * @param counts counts what was removed
   * @return whether there may be more
   */
  boolean next(Connection connection, RemovalCounts counts) throws SQLException;
}
