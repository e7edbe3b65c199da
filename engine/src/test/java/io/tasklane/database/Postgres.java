package io.tasklane.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A real PostgreSQL for the store's tests, one a test run, with an empty schema for each test. */
public final class Postgres {
  private static EmbeddedPostgres server;

  private Postgres() {}

  /** The database, emptied and migrated. */
  public static synchronized Database empty() {
    try {
      if (server == null) {
        server =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setLocaleConfig("locale", "C.UTF-8")
                .setLocaleConfig("encoding", "UTF-8")
                .start();
      }
      DataSource source = server.getPostgresDatabase();
      try (Connection connection = source.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
      }
      Database database = new Database(source, source);
      Schema.migrate(database);
      return database;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** The port it listens at, once a database was asked for. */
  public static synchronized int port() {
    return server.getPort();
  }

  /** The one number a query gives. */
  public static long number(Database database, String sql) {
    try (Connection connection = database.read();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Runs a statement. */
  public static void run(Database database, String sql) {
    try (Connection connection = database.read();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
