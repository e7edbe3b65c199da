package io.tasklane.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL for the tests of the store: one server for each JVM, and a new database for
 * each test. The database is a copy of a template, because migrating takes several times as long.
 * The server does not wait for its disk: a test that crashes one starts its own.
 */
public final class Postgres {
  private static final String USER = "postgres";
  private static final String TEMPLATE = "migrated";

  /** Whether it waits for its disk: only where tests print rates. */
  private static final String DISK = Boolean.getBoolean("tasklane.million") ? "on" : "off";

  private static EmbeddedPostgres server;
  private static Connection administrator;
  private static HikariDataSource pool;
  private static int databases;

  private Postgres() {}

  /** A new, migrated database; the one before it is dropped with its connections. */
  public static synchronized Database empty() {
    try {
      if (server == null) {
        start();
      }
      if (pool != null) {
        pool.close();
      }
      try (Statement statement = administrator.createStatement()) {
        statement.execute("DROP DATABASE IF EXISTS " + name() + " WITH (FORCE)");
        databases++;
        statement.execute("CREATE DATABASE " + name() + " TEMPLATE " + TEMPLATE);
      }
      PGSimpleDataSource direct = direct();
      pool = pooled(direct);
      return new Database(pool, direct);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static void start() throws IOException, SQLException {
    server =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", DISK)
            .setServerConfig("full_page_writes", DISK)
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setLocaleConfig("locale", "C.UTF-8")
            .setLocaleConfig("encoding", "UTF-8")
            .start();
    administrator = server.getPostgresDatabase().getConnection();
    try (Statement statement = administrator.createStatement()) {
      statement.execute("CREATE DATABASE " + TEMPLATE);
    }
    DataSource template = server.getDatabase(USER, TEMPLATE);
    Schema.migrate(new Database(template, template));
  }

  private static String name() {
    return "test_" + databases;
  }

  /** The port it listens at, once a database was asked for. */
  public static synchronized int port() {
    return server.getPort();
  }

  /** The URL of the current database, as it is reached at this port of the loopback interface. */
  public static synchronized String url(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name();
  }

  private static PGSimpleDataSource direct() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url(server.getPort()));
    source.setUser(USER);
    return source;
  }

  /** Tests look often, and a process for each look would cost more than the look. */
  private static HikariDataSource pooled(DataSource source) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setMinimumIdle(0);
    config.setMaximumPoolSize(20);
    return new HikariDataSource(config);
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
