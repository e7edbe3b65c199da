package io.tasklane.commit;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Every transaction of a writer leaves its number in a row of the writer's own. The row says after
 * a lost connection whether the transaction was committed.
 *
 * <p>PostgreSQL's own transaction id would not do: an id that has not reached the disk when the
 * server crashes is assigned again, and {@code pg_xact_status} then reports somebody else's
 * transaction as committed.
 */
final class CommitMark {
  /**
   * The first statement of every transaction. It fails where the same or a greater number was left
   * before: a transaction given up as lost may arrive late, and must do nothing then. After weeks
   * without a commit the row may have been removed, and is inserted again.
   */
  static final String LEAVE =
      """
      INSERT INTO commit_mark (writer, batch, time) OVERRIDING SYSTEM VALUE
      VALUES (:writer, :batch, clock_timestamp())
      ON CONFLICT (writer) DO UPDATE SET time = excluded.time,
          batch = excluded.batch / (excluded.batch > commit_mark.batch)::int
      RETURNING pg_current_xact_id()::text::bigint""";

  /** Makes every transaction with a smaller number fail, however late it arrives. */
  private static final String OUTDATE =
      """
      INSERT INTO commit_mark (writer, batch, time) OVERRIDING SYSTEM VALUE
      VALUES (:writer, :batch, clock_timestamp())
      ON CONFLICT (writer) DO UPDATE SET batch = greatest(excluded.batch, commit_mark.batch)""";

  private static final String REGISTER =
      "INSERT INTO commit_mark (batch, time) VALUES (0, clock_timestamp()) RETURNING writer";

  private static final String REMOVE_OLD =
      "DELETE FROM commit_mark WHERE time < clock_timestamp() - interval '30 days'";

  /** Waits for the transaction in question to end, because that one holds the lock. */
  private static final String LOOK_UP =
      """
      SELECT batch, xmin::text::bigint AS xid, pg_current_xact_id()::text::bigint AS own
      FROM commit_mark WHERE writer = :writer FOR UPDATE""";

  /** Rows keep the last 32 bits of the number of the transaction that wrote them. */
  private static final long ROUND = 1L << 32;

  private long writer;
  private long number;

  /** Registers the writer once, in a transaction that is committed here. */
  void register(Connection connection) throws SQLException {
    if (writer == 0) {
      NamedSql.on(connection, REMOVE_OLD).update();
      long registered = NamedSql.on(connection, REGISTER).one(row -> row.getLong(1));
      connection.commit();
      writer = registered;
    }
  }

  /** Begins a new transaction. */
  void next() {
    number++;
  }

  /** Binds {@link #LEAVE}. */
  void bind(Parameters parameters) throws SQLException {
    parameters.set("writer", writer).set("batch", number);
  }

  /**
   * Looks up the outcome of the last transaction that began, and waits until it is decided. If it
   * was not committed it never will be, because a greater number is left.
   *
   * @return its PostgreSQL transaction id, if it was committed
   */
  Optional<Long> lookUp(Connection connection) throws SQLException {
    Optional<Long> committed =
        NamedSql.on(connection, LOOK_UP)
            .set("writer", writer)
            .first(row -> row.getLong(1) == number ? whole(row) : null);
    if (committed.isEmpty()) {
      NamedSql.on(connection, OUTDATE).set("writer", writer).set("batch", number + 1).update();
    }
    connection.commit();
    if (committed.isEmpty()) {
      number++; // not earlier: until then the number is that of the lost transaction
    }
    return committed;
  }

  /** The greatest id with these last 32 bits that is less than that of this transaction. */
  private static Long whole(ResultSet row) throws SQLException {
    long own = row.getLong("own");
    long whole = own - own % ROUND + row.getLong("xid");
    return whole < own ? whole : whole - ROUND;
  }
}
