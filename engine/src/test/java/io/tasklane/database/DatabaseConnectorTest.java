package io.tasklane.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.config.NodeConfig;
import io.tasklane.config.Settings;
import io.tasklane.monitor.StatsBegin;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** How a node comes by its connections, and in what state it gives borrowed ones back. */
class DatabaseConnectorTest {
  private static NodeConfig config(Map<String, String> more) {
    Postgres.empty();
    Map<String, String> keys = new HashMap<>(more);
    keys.put("tasklane.database.url", Postgres.url(Postgres.port()));
    keys.put("tasklane.database.user", "postgres");
    return NodeConfig.from(new Settings(key -> Optional.ofNullable(keys.get(key))));
  }

  @Test
  void a_pool_of_the_server_that_is_not_there_is_named_with_what_to_do() {
    NodeConfig config = config(Map.of("tasklane.database.pool", "jdbc/nowhere"));
    assertThatThrownBy(() -> DatabaseConnector.connect(config))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("tasklane.database.pool = \"jdbc/nowhere\" cannot be used")
        .hasMessageContaining("create and ping");
  }

  @Test
  void without_one_the_application_has_a_pool_of_its_own() throws SQLException {
    Database database =
        DatabaseConnector.connect(config(Map.of("tasklane.database.password", "any")));
    try (Connection pooled = database.read();
        Connection own = database.open()) {
      assertThat(pooled.isValid(5)).isTrue();
      assertThat(own.isValid(5)).isTrue();
    } finally {
      DatabaseConnector.disconnect(database);
    }
  }

  @Test
  void what_was_borrowed_for_a_snapshot_comes_back_in_autocommit() throws SQLException {
    Database database = Postgres.empty();
    try (Connection only = database.open()) {
      Database lending = new Database(new Lending(only), database.direct());
      StatsBegin.count(lending);
      assertThat(only.getAutoCommit()).isTrue();
      assertThat(only.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
    }
  }

  /** A pool that gives out the same connection as it was left: its close does nothing. */
  private static final class Lending extends PGSimpleDataSource {
    private static final long serialVersionUID = 1L;
    private final transient Connection lent;

    private Lending(Connection only) {
      lent =
          (Connection)
              Proxy.newProxyInstance(
                  Lending.class.getClassLoader(),
                  new Class<?>[] {Connection.class},
                  (proxy, method, arguments) ->
                      method.getName().equals("close") ? null : method.invoke(only, arguments));
    }

    @Override
    public Connection getConnection() {
      return lent;
    }
  }
}
