package io.tasklane.bench.peer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** The table that the peer wants, with its indexes, in a schema of its own. */
final class PeerDatabase implements AutoCloseable {
  private static final String SCHEMA = "bench_peer";
  private static final int CONNECTIONS = 24;
  private static final List<String> STATEMENTS =
      List.of(
          "DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE",
          "CREATE SCHEMA " + SCHEMA,
          """
          CREATE TABLE scheduled_tasks (
            task_name            text NOT NULL,
            task_instance        text NOT NULL,
            task_data            bytea,
            execution_time       timestamptz NOT NULL,
            picked               boolean NOT NULL,
            picked_by            text,
            last_success         timestamptz,
            last_failure         timestamptz,
            consecutive_failures int,
            last_heartbeat       timestamptz,
            version              bigint NOT NULL,
            priority             smallint,
            PRIMARY KEY (task_name, task_instance)
          )""",
          "CREATE INDEX ON scheduled_tasks (execution_time)",
          "CREATE INDEX ON scheduled_tasks (last_heartbeat)",
          "CREATE INDEX ON scheduled_tasks (priority DESC, execution_time ASC)");

  private final HikariDataSource source;

  private PeerDatabase(HikariDataSource source) {
    this.source = source;
  }

  static PeerDatabase open(String url) throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url + "&currentSchema=" + SCHEMA + "&reWriteBatchedInserts=true");
    config.setConnectionInitSql("SET synchronous_commit = on");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(2);
    PeerDatabase database = new PeerDatabase(new HikariDataSource(config));
    database.execute(STATEMENTS);
    return database;
  }

  DataSource source() {
    return source;
  }

  @Override
  public void close() throws SQLException {
    execute(List.of("DROP SCHEMA " + SCHEMA + " CASCADE"));
    source.close();
  }

  private void execute(List<String> statements) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
