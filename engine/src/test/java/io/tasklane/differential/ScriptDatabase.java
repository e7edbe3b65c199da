package io.tasklane.differential;

import io.tasklane.commit.CuttingProxy;
import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.database.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/** A database for one script, copied from one that is migrated. */
final class ScriptDatabase implements AutoCloseable {
  private static final String TEMPLATE = "differential";
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static boolean isMade;

  private final String name = TEMPLATE + NUMBER.incrementAndGet();

  ScriptDatabase() {
    makeTemplate();
    Postgres.run(maintenance(), "CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
  }

  private static synchronized void makeTemplate() {
    if (!isMade) {
      Postgres.empty(); // starts the server
      Postgres.run(maintenance(), "DROP DATABASE IF EXISTS " + TEMPLATE);
      Postgres.run(maintenance(), "CREATE DATABASE " + TEMPLATE);
      PGSimpleDataSource plain = source(TEMPLATE);
      Database template = new Database(plain, plain);
      Schema.migrate(template);
      TestClock.install(template);
      isMade = true;
    }
  }

  /** All that a column of the engine's tables can lose. */
  static List<DroppedColumn> columns() {
    makeTemplate();
    List<DroppedColumn> columns = new ArrayList<>();
    try (Connection connection = source(TEMPLATE).getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(DroppedColumn.ALL)) {
      while (row.next()) {
        for (boolean isUpdate : new boolean[] {false, true}) {
          columns.add(
              new DroppedColumn(row.getString(1), row.getString(2), isUpdate, row.getString(3)));
        }
      }
      return columns;
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** The database, directly. */
  Database direct() {
    PGSimpleDataSource source = source(name);
    TestClock.show(source);
    return new Database(source, source);
  }

  /** The database behind this network. */
  Database behind(CuttingProxy network) {
    PGSimpleDataSource source = (PGSimpleDataSource) network.database().direct();
    source.setDatabaseName(name);
    TestClock.show(source);
    return new Database(source, source);
  }

  private static PGSimpleDataSource source(String database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl("jdbc:postgresql://127.0.0.1:" + Postgres.port() + "/" + database);
    source.setUser("postgres");
    return source;
  }

  private static Database maintenance() {
    PGSimpleDataSource source = source("postgres");
    return new Database(source, source);
  }

  @Override
  public void close() {
    Postgres.run(maintenance(), "DROP DATABASE " + name + " WITH (FORCE)");
  }
}
