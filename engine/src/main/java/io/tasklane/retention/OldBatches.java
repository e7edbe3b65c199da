package io.tasklane.retention;

import io.tasklane.database.NamedSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Removes batch operations that have ended longer ago than ended tasks are kept, with their
 * refusals; and the targets of those that were stopped, or of which a node that died had written
 * the targets alone.
 *
 * @param age how long they are kept after their end
 */
record OldBatches(Duration age) implements Sweep {
  private static final int AT_ONCE = 5_000;
  private static final String OLD = "b.end_time < clock_timestamp() - :age * interval '1 ms'";
  private static final String REFUSALS =
      """
      DELETE FROM batch_refusal WHERE ctid = ANY (ARRAY(
        SELECT r.ctid FROM batch_operation b JOIN batch_refusal r ON r.batch = b.name
        WHERE %s LIMIT %d))"""
          .formatted(OLD, AT_ONCE);
  private static final String TARGETS =
      """
      DELETE FROM batch_piece WHERE ctid = ANY (ARRAY(
        SELECT p.ctid FROM batch_piece p LEFT JOIN batch_operation b ON b.name = p.batch
        WHERE %s OR b.name IS NULL AND p.create_time < clock_timestamp() - interval '1 hour'
        LIMIT %d))"""
          .formatted(OLD, AT_ONCE);
  private static final String OPERATIONS =
      """
      DELETE FROM batch_operation WHERE name = ANY (ARRAY(
        SELECT b.name FROM batch_operation b WHERE %s
        ORDER BY b.end_time LIMIT %d FOR UPDATE SKIP LOCKED))"""
          .formatted(OLD, AT_ONCE);

  @Override
  public boolean next(Connection connection, RemovalCounts counts) throws SQLException {
    if (remove(connection, REFUSALS) > 0 || remove(connection, TARGETS) > 0) {
      return true;
    }
    int removed = remove(connection, OPERATIONS);
    counts.add(Removed.BATCH_OPERATIONS, removed);
    return removed == AT_ONCE;
  }

  private int remove(Connection connection, String sql) throws SQLException {
    return NamedSql.on(connection, sql).set("age", age.toMillis()).update();
  }
}
