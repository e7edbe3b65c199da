package io.tasklane.commit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Every transaction of a writer leaves its number in a row of the writer's own, by which its
 * outcome is looked up after a lost connection.
 *
 * <p>PostgreSQL's own number of the transaction would not do: one that has not reached the disk
 * when the server crashes is given again, and {@code pg_xact_status} then tells of somebody else's
 * transaction that it was committed.
 */
final class CommitMark {
  /**
   * In every transaction, first of all. Parameters: writer, number. It fails where a number as
   * great was left before: what was given up as lost may arrive late, and must do nothing then.
   * After weeks without a commit the row may have been removed, and is entered again.
   */
  static final String LEAVE =
      """
      INSERT INTO commit_mark (writer, batch, time) OVERRIDING SYSTEM VALUE
      VALUES (?, ?, clock_timestamp())
      ON CONFLICT (writer) DO UPDATE SET time = excluded.time,
          batch = excluded.batch / (excluded.batch > commit_mark.batch)::int
      RETURNING pg_current_xact_id()::text::bigint""";

  /** Has everything fail that comes with a smaller number, however late. */
  private static final String OUTDATE =
      """
      INSERT INTO commit_mark (writer, batch, time) OVERRIDING SYSTEM VALUE
      VALUES (?, ?, clock_timestamp())
      ON CONFLICT (writer) DO UPDATE SET batch = greatest(excluded.batch, commit_mark.batch)""";

  private static final String REGISTER =
      "INSERT INTO commit_mark (batch, time) VALUES (0, clock_timestamp()) RETURNING writer";

  private static final String REMOVE_OLD =
      "DELETE FROM commit_mark WHERE time < clock_timestamp() - interval '30 days'";

  /** The lock is had when the transaction in question, which holds it, has ended. */
  private static final String LOOK_UP =
      """
      SELECT batch, xmin::text::bigint AS xid, pg_current_xact_id()::text::bigint AS own
      FROM commit_mark WHERE writer = ? FOR UPDATE""";

  /** Rows keep the last 32 bits of the number of the transaction that wrote them. */
  private static final long ROUND = 1L << 32;

  private long writer;
  private long number;

  /** Enters the writer, once, in a transaction that is committed here. */
  void register(Connection connection) throws SQLException {
    if (writer == 0) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(REMOVE_OLD);
        try (ResultSet row = statement.executeQuery(REGISTER)) {
          row.next();
          long registered = row.getLong(1);
          connection.commit();
          writer = registered;
        }
      }
    }
  }

  /** A new transaction begins. */
  void next() {
    number++;
  }

  void bind(PreparedStatement statement) throws SQLException {
    statement.setLong(1, writer);
    statement.setLong(2, number);
  }

  /**
   * Looks up what became of the last transaction that began; waits until that is decided. Where it
   * was not committed it never will be: a greater number is left.
   *
   * @return PostgreSQL's number of it, where it was committed
   */
  Optional<Long> lookUp(Connection connection) throws SQLException {
    Optional<Long> committed = read(connection);
    if (committed.isEmpty()) {
      try (PreparedStatement statement = connection.prepareStatement(OUTDATE)) {
        statement.setLong(1, writer);
        statement.setLong(2, number + 1);
        statement.execute();
      }
    }
    connection.commit();
    if (committed.isEmpty()) {
      number++; // not before: until then it is the lost one's that is looked for
    }
    return committed;
  }

  private Optional<Long> read(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOOK_UP)) {
      statement.setLong(1, writer);
      try (ResultSet row = statement.executeQuery()) {
        boolean committed = row.next() && row.getLong(1) == number;
        return committed ? Optional.of(whole(row)) : Optional.empty();
      }
    }
  }

  /** The greatest number that ends so and is less than that of this transaction. */
  private static long whole(ResultSet row) throws SQLException {
    long own = row.getLong("own");
    long whole = own - own % ROUND + row.getLong("xid");
    return whole < own ? whole : whole - ROUND;
  }
}
