package io.tasklane.state;

import io.tasklane.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Values that handlers keep between tasks, by key, fenced by the token of the run that wrote them
 * last.
 */
public final class HandlerState {
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

  /** State in this database. */
  public HandlerState(Database database) {
    this.database = database;
  }

  /** The value of a key, empty where none was written. */
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

  /**
   * Writes a value, unless a run with a greater token has written before.
   *
   * @return the greater token that was found, if so; empty if the value was written
   */
  public OptionalLong write(String key, String json, long fencingToken) {
    return database.with(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
            statement.setString(1, key);
            statement.setString(2, json);
            statement.setLong(3, fencingToken);
            return statement.executeUpdate() == 0
                ? OptionalLong.of(token(connection, key))
                : OptionalLong.empty();
          }
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
