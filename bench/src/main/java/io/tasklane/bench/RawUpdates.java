package io.tasklane.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * What the database does without us: one row changed and committed at a time, durably, by one
 * client. The table is an ordinary one, since a temporary or unlogged one is not synced.
 */
public final class RawUpdates {
  private static final String TABLE = "bench_raw_updates";
  private static final int ROWS = 1000;

  private final String url;

  /**
   * A measurement that was not made yet.
   *
   * @param url JDBC URL with user and password
   */
  public RawUpdates(String url) {
    this.url = url;
  }

  /**
   * Measures.
   *
   * @param time how long
   * @return commits a second
   */
  public double perSecond(Duration time) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("SET synchronous_commit = on");
      statement.execute("DROP TABLE IF EXISTS " + TABLE);
      statement.execute(
          "CREATE TABLE " + TABLE + " (id int PRIMARY KEY, n bigint) WITH (fillfactor = 50)");
      statement.execute(
          "INSERT INTO " + TABLE + " SELECT g, 0 FROM generate_series(1, " + ROWS + ") g");
      try {
        return measure(connection, time);
      } finally {
        statement.execute("DROP TABLE " + TABLE);
      }
    }
  }

  private static double measure(Connection connection, Duration time) throws SQLException {
    String sql = "UPDATE " + TABLE + " SET n = n + 1 WHERE id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      long start = System.nanoTime();
      long commits = 0;
      while (System.nanoTime() - start < time.toNanos()) {
        update.setInt(1, 1 + (int) (commits % ROWS));
        update.executeUpdate();
        commits++;
      }
      return commits * 1e9 / (System.nanoTime() - start);
    }
  }
}
