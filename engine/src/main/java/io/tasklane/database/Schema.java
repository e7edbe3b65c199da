package io.tasklane.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/**
 * Migrates the tables to the version of this build. Safe on several nodes at once. A database that
 * this build cannot read is refused before anything is written.
 */
public final class Schema {
  private static final String LOCATION = "classpath:db/schema";

  /** The first file of all schemas that this build and later ones can read. */
  private static final String FIRST = "V1__queues.sql";

  private static final String HISTORY = "SELECT to_regclass('flyway_schema_history')";
  private static final String FIRST_APPLIED =
      "SELECT script FROM flyway_schema_history WHERE version = '1'";

  /** The database holds tables that this build cannot read. Nothing was changed. */
  public static final class UnreadableException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
      super(message);
    }
  }

  private Schema() {}

  /**
   * Applies the missing migrations.
   *
   * @throws UnreadableException where the tables are of a build before the first schema that can be
   *     migrated, or of a later build than this one
   */
  public static void migrate(Database database) {
    database.with(
        connection -> {
          refuseFormer(connection);
          return null;
        });
    Flyway flyway =
        Flyway.configure(Schema.class.getClassLoader())
            .dataSource(database.direct())
            .locations(LOCATION)
            .load();
    Arrays.stream(flyway.info().applied()).forEach(Schema::refuseLater);
    flyway.migrate();
  }

  private static void refuseFormer(Connection connection) throws SQLException {
    if (NamedSql.on(connection, HISTORY).first(row -> row.getString(1)).isEmpty()) {
      return;
    }
    Optional<String> first = NamedSql.on(connection, FIRST_APPLIED).first(row -> row.getString(1));
    if (first.isPresent() && !FIRST.equals(first.get())) {
      throw new UnreadableException(
          "the database "
              + address(connection)
              + " has the tables of an older Tasklane, which this build cannot read; nothing was"
              + " changed. Begin anew with an empty data folder (--data DIR) or database, or run"
              + " the older build");
    }
  }

  /** Without its parameters, which may hold a password. */
  private static String address(Connection connection) throws SQLException {
    return connection.getMetaData().getURL().replaceFirst("\\?.*", "");
  }

  private static void refuseLater(MigrationInfo applied) {
    if (applied.getState() == MigrationState.FUTURE_SUCCESS) {
      throw new UnreadableException(
          "the database has schema version "
              + applied.getVersion()
              + ", which is later than this build knows; nothing was changed. Run a build that is at"
              + " least as new as the one that wrote it");
    }
  }
}
