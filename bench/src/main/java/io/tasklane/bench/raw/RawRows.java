package io.tasklane.bench.raw;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.stream.LongStream;

/**
 * What PostgreSQL does by one client without us, each commit durable before the next begins. The
 * table is an ordinary one, since a temporary or unlogged one is not synced.
 */
public final class RawRows implements RawLimit {
  /** Name of {@link #inserts}. */
  public static final String INSERTS = "PostgreSQL, single-row inserts";

  /** Name of {@link #updates}. */
  public static final String UPDATES = "PostgreSQL, single-row updates";

  /** Name of {@link #sparseUpdates}. */
  public static final String SPARSE_UPDATES = "PostgreSQL, single-row updates 5 ms apart";

  /** Name of {@link #insertsWithUpdates}. */
  public static final String INSERTS_WITH_UPDATES = "PostgreSQL, insert and update";

  /** Name of {@link #batchInserts}. */
  public static final String BATCH_INSERTS = "PostgreSQL, inserts in batches of 1,000";

  private static final String TABLE = "bench_raw_rows";
  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final int ROWS = 1000;
  private static final int BATCH = 1000;
  private static final String BODY = "{\"symbols\":[\"AAPL\"]}";
  private static final String INSERT =
      "INSERT INTO " + TABLE + " (id, state, body) VALUES (?, 1, '" + BODY + "')";
  private static final String UPDATE = "UPDATE " + TABLE + " SET state = state + 1 WHERE id = ?";
  private static final String BATCH_INSERT =
      "INSERT INTO "
          + TABLE
          + " (id, state, body) SELECT id, 1, body FROM unnest(?::bigint[], ?::text[]) r (id, body)";

  private final String name;
  private final String url;
  private final Work work;
  private final Duration pause;

  private RawRows(String name, String url, Work work) {
    this(name, url, work, Duration.ZERO);
  }

  private RawRows(String name, String url, Work work, Duration pause) {
    this.name = name;
    this.url = url;
    this.work = work;
    this.pause = pause;
  }

  /** One row inserted a commit. */
  public static RawRows inserts(String url) {
    return new RawRows(INSERTS, url, RawRows::insert);
  }

  /** One row updated a commit. */
  public static RawRows updates(String url) {
    return new RawRows(UPDATES, url, RawRows::update);
  }

  /** One row updated a commit, 5 ms after the one before, as where little is to be done. */
  public static RawRows sparseUpdates(String url) {
    return new RawRows(SPARSE_UPDATES, url, RawRows::update, PAUSE);
  }

  /** One row inserted in a commit and updated in another: what a task costs at the very least. */
  public static RawRows insertsWithUpdates(String url) {
    return new RawRows(INSERTS_WITH_UPDATES, url, RawRows::insertAndUpdate);
  }

  /** A thousand rows a commit. */
  public static RawRows batchInserts(String url) {
    return new RawRows(BATCH_INSERTS, url, RawRows::batch);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double perSecond(Duration time) throws SQLException, InterruptedException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("SET synchronous_commit = on");
      requireDurable(statement);
      statement.execute("DROP TABLE IF EXISTS " + TABLE);
      statement.execute(
          "CREATE TABLE "
              + TABLE
              + " (id bigint PRIMARY KEY, state int NOT NULL, body text NOT NULL)"
              + " WITH (fillfactor = 50)");
      statement.execute(
          "INSERT INTO " + TABLE + " SELECT g, 0, '' FROM generate_series(1, " + ROWS + ") g");
      try {
        return Rounds.perSecond(time, pause, work.prepare(connection));
      } finally {
        statement.execute("DROP TABLE " + TABLE);
      }
    }
  }

  private static void requireDurable(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SHOW fsync")) {
      row.next();
      if (!"on".equals(row.getString(1))) {
        throw new SQLException(
            "fsync is off on this PostgreSQL: its commits are not durable, so they are no limit");
      }
    }
  }

  private static Rounds.Round<SQLException> insert(Connection connection) throws SQLException {
    PreparedStatement insert = connection.prepareStatement(INSERT);
    return done -> {
      insert.setLong(1, ROWS + 1 + done);
      return insert.executeUpdate();
    };
  }

  private static Rounds.Round<SQLException> update(Connection connection) throws SQLException {
    PreparedStatement update = connection.prepareStatement(UPDATE);
    return done -> {
      update.setLong(1, 1 + done % ROWS);
      return update.executeUpdate();
    };
  }

  private static Rounds.Round<SQLException> insertAndUpdate(Connection connection)
      throws SQLException {
    Rounds.Round<SQLException> insert = insert(connection);
    PreparedStatement update = connection.prepareStatement(UPDATE);
    return done -> {
      insert.run(done);
      update.setLong(1, ROWS + 1 + done);
      return update.executeUpdate();
    };
  }

  private static Rounds.Round<SQLException> batch(Connection connection) throws SQLException {
    PreparedStatement insert = connection.prepareStatement(BATCH_INSERT);
    String[] bodies = Collections.nCopies(BATCH, BODY).toArray(String[]::new);
    return done -> {
      Long[] ids =
          LongStream.rangeClosed(1, BATCH).mapToObj(i -> ROWS + done + i).toArray(Long[]::new);
      insert.setArray(1, connection.createArrayOf("bigint", ids));
      insert.setArray(2, connection.createArrayOf("text", bodies));
      return insert.executeUpdate();
    };
  }

  /** Gets ready on a connection that commits by itself; the connection's end ends it too. */
  private interface Work {
    Rounds.Round<SQLException> prepare(Connection connection) throws SQLException;
  }
}
