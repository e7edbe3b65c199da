package io.tasklane.state;

import io.tasklane.database.Database;
import io.tasklane.database.NamedSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Values that handlers keep between tasks, by key, fenced by the token of the run that wrote them
 * last.
 *
 * @param database where it is kept
 */
public record HandlerState(Database database) {
  private static final String READ = "SELECT value FROM trading_state WHERE key = :key";
  private static final String WRITE =
      """
      INSERT INTO trading_state (key, value, fencing_token, update_time)
      VALUES (:key, :value, :token, clock_timestamp())
      ON CONFLICT (key) DO UPDATE SET value = excluded.value,
          fencing_token = excluded.fencing_token, update_time = excluded.update_time
      WHERE trading_state.fencing_token <= excluded.fencing_token""";
  private static final String TOKEN = "SELECT fencing_token FROM trading_state WHERE key = :key";

  /** The value of a key, empty where none was written. */
  public Optional<String> read(String key) {
    return database.with(c -> NamedSql.on(c, READ).set("key", key).first(row -> row.getString(1)));
  }

  /**
   * Writes a value, unless a run with a greater token has written before.
   *
   * @return the greater token that was found, if so; empty if the value was written
   */
  public OptionalLong write(String key, String json, long fencingToken) {
    return database.with(
        connection -> {
          int written =
              NamedSql.on(connection, WRITE)
                  .set("key", key)
                  .set("value", json)
                  .set("token", fencingToken)
                  .update();
          return written == 0 ? OptionalLong.of(token(connection, key)) : OptionalLong.empty();
        });
  }

  private static long token(Connection connection, String key) throws SQLException {
    return NamedSql.on(connection, TOKEN).set("key", key).one(row -> row.getLong(1));
  }
}
