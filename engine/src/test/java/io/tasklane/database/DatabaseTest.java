package io.tasklane.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Refusal;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What whoever reads is told: to try again, or that the query itself is wrong. */
class DatabaseTest {
  private static boolean run(Database database, String sql) {
    return database.with(connection -> connection.createStatement().execute(sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 / 0", // 22, data
        "INSERT INTO queue DEFAULT VALUES", // 23, a constraint
        "SELECT nonsense", // 42, a name
        "SELECT FROM a CROSS JOIN b FOR UPDATE SKIP" // 42, syntax
      })
  void a_query_that_is_wrong_is_no_outage(String sql) {
    assertThatThrownBy(() -> run(Postgres.empty(), sql))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("a query failed: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"08001", "57P01", "53300", "40001", "XX000"})
  void what_may_work_at_the_next_try_is_an_outage(String state) {
    assertThatThrownBy(() -> run(failing(new SQLException("gone.", state)), "SELECT 1"))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.sort()).isEqualTo(Refusal.Sort.UNAVAILABLE);
              assertThat(refusal).hasMessage("the database cannot be reached: gone; try again");
            });
  }

  @Test
  void an_error_without_a_state_is_an_outage() {
    assertThatThrownBy(() -> run(failing(new SQLException("gone")), "SELECT 1"))
        .isInstanceOf(Refusal.class);
  }

  private static Database failing(SQLException failure) {
    DataSource source =
        (DataSource)
            java.lang.reflect.Proxy.newProxyInstance(
                DatabaseTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, args) -> {
                  throw failure;
                });
    return new Database(source, source);
  }
}
