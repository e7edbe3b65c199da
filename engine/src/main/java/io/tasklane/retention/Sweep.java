package io.tasklane.retention;

import java.sql.Connection;
import java.sql.SQLException;

/** Removes one sort of thing that was kept long enough, little by little. For one clean-up. */
public interface Sweep {
  /**
   * Removes the next few, in one small transaction.
   *
   * @param connection in autocommit
   * @param tally is told what was removed
   * @return whether there may be more
   */
  boolean next(Connection connection, RemovalCounts tally) throws SQLException;
}
