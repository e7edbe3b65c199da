package io.tasklane.differential;

import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Lets hours pass in a database without waiting: its connections find a {@code clock_timestamp()}
 * that is some hours ahead before that of PostgreSQL.
 */
final class TestClock {
  private static final String MAKE =
      """
      CREATE SCHEMA test_clock;
      CREATE TABLE test_clock.ahead (hours int NOT NULL);
      INSERT INTO test_clock.ahead VALUES (0);
      CREATE FUNCTION test_clock.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS
        'SELECT pg_catalog.clock_timestamp() + hours * interval ''1 h'' FROM test_clock.ahead'""";

  private TestClock() {}

  /** Installs it. */
  static void install(Database database) {
    Postgres.run(database, MAKE);
  }

  /** Has connections of this source go by it, and wait for no disk. */
  static void show(PGSimpleDataSource source) {
    source.setOptions("-c search_path=test_clock,pg_catalog,public -c synchronous_commit=off");
  }

  /** Lets hours pass. */
  static void pass(Connection connection, int hours) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("UPDATE test_clock.ahead SET hours = hours + " + hours);
    }
  }

  /** The present. */
  static Instant now(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
      row.next();
      return row.getTimestamp(1).toInstant();
    }
  }
}
