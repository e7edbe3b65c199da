package io.tasklane.trading.store;

import io.tasklane.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Keeps what trading handlers remember in a table of the same database. */
public final class TradingTable implements TradingStore {
  private static final String READ = "SELECT value FROM trading_state WHERE key = ?";
  private static final String WRITE =
      """
      INSERT INTO trading_state (key, value, fencing_token, update_time)
      VALUES (?, ?, ?, clock_timestamp())
      ON CONFLICT (key) DO UPDATE SET value = excluded.value,
          fencing_token = excluded.fencing_token, update_time = excluded.update_time
      WHERE trading_state.fencing_token <= excluded.fencing_token""";
  private static final String TOKEN = "SELECT fencing_token FROM trading_state WHERE key = ?";

  private final Database database;

  /** In this database. */
  public TradingTable(Database database) {
    this.database = database;
  }

  @Override
  public Optional<String> read(String key) {
    return database.with(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setString(1, key);
            try (ResultSet row = statement.executeQuery()) {
              return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
          }
        });
  }

  @Override
  public void write(String key, String json, long fencingToken) {
    database.with(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
            statement.setString(1, key);
            statement.setString(2, json);
            statement.setLong(3, fencingToken);
            if (statement.executeUpdate() == 0) {
              throw new StaleTokenException(key, fencingToken, token(connection, key));
            }
          }
          return null;
        });
  }

  private static long token(Connection connection, String key) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TOKEN)) {
      statement.setString(1, key);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
