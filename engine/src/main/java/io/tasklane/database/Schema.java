package io.tasklane.database;

import org.flywaydb.core.Flyway;

/** Migrates the tables to the version of this build. Safe on several nodes at once. */
public final class Schema {
  private Schema() {}

  /** Applies the missing migrations. */
  public static void migrate(Database database) {
    Flyway.configure(Schema.class.getClassLoader())
        .dataSource(database.direct())
        .locations("classpath:db/migration")
        .load()
        .migrate();
  }
}
