package io.tasklane.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NamedSqlTest {
  private static final String NUMBERS = "SELECT n FROM generate_series(1, :count) AS s (n)";

  private final List<PreparedStatement> prepared = new ArrayList<>();
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    Connection real = Postgres.empty().open();
    connection =
        (Connection)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, values) -> {
                  Object result = method.invoke(real, values);
                  if (result instanceof PreparedStatement statement) {
                    prepared.add(statement);
                  }
                  return result;
                });
  }

  @AfterEach
  void every_statement_is_closed() throws SQLException {
    for (PreparedStatement statement : prepared) {
      assertThat(statement.isClosed()).isTrue();
    }
    assertThat(prepared).isNotEmpty();
    connection.close();
  }

  @Test
  void a_name_may_stand_several_times_and_has_one_value() throws SQLException {
    String sql = "SELECT :a::text || :b || :a, ':a', 1 -- not :c";
    String found =
        NamedSql.on(connection, sql).set("a", "x").set("b", "y").one(row -> row.getString(1));
    assertThat(found).isEqualTo("xyx");
  }

  @Test
  void a_list_has_all_rows_in_their_order() throws SQLException {
    assertThat(numbers(3).list(row -> row.getInt(1))).containsExactly(1, 2, 3);
    List<Integer> each = new ArrayList<>();
    numbers(2).each(row -> each.add(row.getInt(1)));
    assertThat(each).containsExactly(1, 2);
  }

  @Test
  void the_first_is_empty_without_a_row_and_for_null() throws SQLException {
    assertThat(numbers(2).first(row -> row.getInt(1))).contains(1);
    assertThat(numbers(0).first(row -> row.getInt(1))).isEmpty();
    assertThat(numbers(1).first(row -> null)).isEmpty();
    assertThat(numbers(1).exists()).isTrue();
    assertThat(numbers(0).exists()).isFalse();
    assertThatThrownBy(() -> numbers(0).one(row -> row.getInt(1)))
        .isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void an_update_counts_the_rows_that_it_changed() throws SQLException {
    NamedSql.on(connection, "CREATE TEMPORARY TABLE t (a int, b bytea, c bigint)").update();
    int inserted =
        NamedSql.on(
                connection,
                "INSERT INTO t SELECT u.a, u.b, :c FROM unnest(:a::int[], :b::bytea[]) u (a, b)")
            .set("c", (Long) null)
            .rows(List.of(1, 2))
            .add("a", "int4", n -> n)
            .addBytes("b", n -> n == 1 ? null : new byte[n])
            .update();
    assertThat(inserted).isEqualTo(2);
    List<String> rows =
        NamedSql.on(connection, "SELECT concat_ws(' ', a, octet_length(b), c) FROM t ORDER BY a")
            .list(row -> row.getString(1));
    assertThat(rows).containsExactly("1", "2 2");
  }

  @Test
  void a_name_that_the_statement_lacks_is_refused() {
    assertThatThrownBy(() -> numbers(1).set("other", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no parameter :other");
  }

  @Test
  void a_fault_of_a_reader_passes_through() {
    assertThatThrownBy(() -> numbers(1).each(row -> row.getInt("missing")))
        .isInstanceOf(SQLException.class);
  }

  private Parameters numbers(int count) throws SQLException {
    return NamedSql.on(connection, NUMBERS).set("count", count);
  }
}
