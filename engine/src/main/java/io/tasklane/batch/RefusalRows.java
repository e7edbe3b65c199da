package io.tasklane.batch;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Targets that were refused, by batch operation.
 *
 * @param connection to read or write on
 */
record RefusalRows(Connection connection) {
  private static final String ADD =
      """
      INSERT INTO batch_refusal (batch, position, target, reason, message)
      VALUES (:batch, :position, :target, :reason, :message)""";
  private static final String LIST =
      """
      SELECT position, target, reason, message FROM batch_refusal
      WHERE batch = :batch AND position > :after ORDER BY position LIMIT :limit""";

  /** Adds one. */
  void add(String batch, BatchRefusal refusal) throws SQLException {
    NamedSql.on(connection, ADD)
        .set("batch", batch)
        .set("position", refusal.position())
        .set("target", refusal.target())
        .set("reason", refusal.reason())
        .set("message", Rows.storable(refusal.message()))
        .update();
  }

  /** Those after this place, in their order. */
  List<BatchRefusal> list(String batch, long after, int limit) throws SQLException {
    return NamedSql.on(connection, LIST)
        .set("batch", batch)
        .set("after", after)
        .set("limit", limit)
        .list(
            row ->
                new BatchRefusal(
                    row.getInt("position"),
                    row.getString("target"),
                    row.getString("reason"),
                    row.getString("message")));
  }
}
