package io.tasklane.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** Which databases a build starts on, and which it leaves alone. */
class SchemaTest {
  private static final String HISTORY =
      """
      DROP SCHEMA public CASCADE;
      CREATE SCHEMA public;
      CREATE TABLE flyway_schema_history (
        installed_rank int PRIMARY KEY, version varchar(50), description varchar(200) NOT NULL,
        type varchar(20) NOT NULL, script varchar(1000) NOT NULL, checksum int,
        installed_by varchar(100) NOT NULL, installed_on timestamp NOT NULL DEFAULT now(),
        execution_time int NOT NULL, success boolean NOT NULL);
      INSERT INTO flyway_schema_history VALUES
        (1, '1', 'tasks queues events', 'SQL', 'V1__tasks_queues_events.sql', 1, 'tasklane', now(),
          1, true);
      CREATE TABLE task (id bigint)""";
  private static final String LATEST = "SELECT max(version::int) FROM flyway_schema_history";
  private static final String TABLES =
      "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE n.nspname = 'public'";

  @Test
  void a_database_of_an_older_schema_is_refused_in_one_line_and_left_as_it_was() {
    Database database = Postgres.empty();
    Postgres.run(database, HISTORY);
    long tables = Postgres.number(database, TABLES);
    assertThatThrownBy(() -> Schema.migrate(database))
        .isInstanceOf(Schema.UnreadableException.class)
        .hasMessageContainingAll("jdbc:postgresql://127.0.0.1", "older Tasklane", "--data DIR")
        .hasMessageNotContainingAny("\n", "password", "?");
    assertThat(Postgres.number(database, TABLES)).isEqualTo(tables);
    assertThat(Postgres.number(database, "SELECT count(*) FROM flyway_schema_history")).isOne();
  }

  @Test
  void a_database_of_a_later_schema_is_refused_and_left_as_it_was() {
    Database database = Postgres.empty();
    Postgres.run(
        database,
        "INSERT INTO flyway_schema_history SELECT 999, '999', 'later', 'SQL', 'V999__later.sql', 1,"
            + " 'tasklane', now(), 1, true");
    long tables = Postgres.number(database, TABLES);
    assertThatThrownBy(() -> Schema.migrate(database))
        .isInstanceOf(Schema.UnreadableException.class)
        .hasMessageContainingAll("999", "later than this build knows");
    assertThat(Postgres.number(database, TABLES)).isEqualTo(tables);
  }

  @Test
  void a_database_of_this_schema_is_taken_as_it_is() {
    Database database = Postgres.empty();
    long applied = Postgres.number(database, "SELECT count(*) FROM flyway_schema_history");
    Schema.migrate(database);
    assertThat(Postgres.number(database, "SELECT count(*) FROM flyway_schema_history"))
        .isEqualTo(applied);
  }

  @Test
  void a_database_of_the_former_schema_is_migrated() {
    Database database = Postgres.empty();
    long latest = Postgres.number(database, LATEST);
    long former = Postgres.number(database, LATEST + " WHERE version::int < " + latest);
    Postgres.run(database, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    Flyway.configure(Schema.class.getClassLoader())
        .dataSource(database.direct())
        .locations("classpath:db/schema")
        .target(Long.toString(former))
        .load()
        .migrate();
    assertThat(Postgres.number(database, LATEST)).isEqualTo(former);
    Schema.migrate(database);
    assertThat(Postgres.number(database, LATEST)).isEqualTo(latest);
  }

  @Test
  void the_files_of_the_schema_are_only_added_to() throws Exception {
    List<String> listed;
    try (InputStream in = SchemaTest.class.getResourceAsStream("/schema-files.txt")) {
      listed =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .toList();
    }
    List<String> present = new ArrayList<>();
    for (String line : listed) {
      String name = line.substring(line.lastIndexOf(' ') + 1);
      present.add(hash(name) + "  " + name);
    }
    assertThat(present).as("a file that databases hold was changed").isEqualTo(listed);
    long applied =
        Postgres.number(
            Postgres.empty(), "SELECT count(*) FROM flyway_schema_history WHERE type = 'SQL'");
    assertThat(applied).as("every file has its line").isEqualTo(listed.size());
  }

  private static String hash(String file) throws Exception {
    try (InputStream in = SchemaTest.class.getResourceAsStream("/db/schema/" + file)) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
      return HexFormat.of().formatHex(digest);
    }
  }
}
