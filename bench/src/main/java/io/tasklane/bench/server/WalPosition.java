package io.tasklane.bench.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** How far the write-ahead log of a PostgreSQL has been written. */
final class WalPosition implements AutoCloseable {
  private final Connection connection;

  /** That of this database, a JDBC URL with user and password. */
  WalPosition(String database) throws SQLException {
    connection = DriverManager.getConnection(database);
  }

  /** Bytes since the beginning of the log. */
  double bytes() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn AS bytes")) {
      row.next();
      return row.getDouble(1);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
