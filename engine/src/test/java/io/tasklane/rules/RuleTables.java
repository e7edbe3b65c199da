package io.tasklane.rules;

import io.tasklane.database.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Random rows in the real tables, for rules that are whole statements. */
public final class RuleTables {
  /** Columns of a task that most rules do not look at. */
  private static final Map<String, String> TASK =
      Map.ofEntries(
          Map.entry("queue", "1"),
          Map.entry("state", "3"),
          Map.entry("state_time", "now()"),
          Map.entry("create_time", "now()"),
          Map.entry("priority", "5"),
          Map.entry("task_type", "'system.noop'"),
          Map.entry("input_type", "'application/json'"),
          Map.entry("input", "'{}'"),
          Map.entry("create_principal", "'tester'"),
          Map.entry("maximum_attempts", "4"),
          Map.entry("initial_backoff_ms", "1000"),
          Map.entry("maximum_backoff_ms", "1000"),
          Map.entry("backoff_multiplier", "2"),
          Map.entry("jitter", "0"),
          Map.entry("attempt_timeout_ms", "60000"),
          Map.entry("result_ttl_ms", "60000"),
          Map.entry("move_xid", "1"),
          Map.entry("revision", "r.n"),
          Map.entry("version", "1"));

  private RuleTables() {}

  /** What a test does with the tables; it is rolled back. */
  @FunctionalInterface
  public interface Use<T> {
    /** Does it on this connection. */
    T on(Connection connection) throws SQLException;
  }

  /** Does it in a transaction that is rolled back. */
  public static <T> T in(Database database, Use<T> use) {
    try (Connection connection = database.open()) {
      connection.setAutoCommit(false);
      return use.on(connection);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Writes these rows as tasks, with keys from 0 on. */
  public static void tasks(Connection connection, RandomRows<?> rows) throws SQLException {
    tasks(connection, 0, rows);
  }

  /** Writes these rows as tasks, with keys from this one on; they are named "t" and their key. */
  public static void tasks(Connection connection, long first, RandomRows<?> rows)
      throws SQLException {
    Map<String, String> others = new HashMap<>(TASK);
    others.put("id", first + " + r.n");
    others.put("name", "'t' || (" + first + " + r.n)");
    others.keySet().removeAll(rows.names());
    rows.insert(connection, "task", others);
  }

  /** Runs a statement without parameters. */
  public static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of each row of a query. */
  public static List<String> column(Connection connection, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        values.add(row.getString(1));
      }
    }
    return values;
  }

  /** The statement at the present of all random rows instead of the database's. */
  public static String atNow(String sql) {
    return sql.replace("clock_timestamp()", RandomRows.literal(RandomValues.NOW));
  }
}
