package io.tasklane.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptConnectionTest {
  private final List<Connection> opened = new ArrayList<>();
  private final KeptConnection kept =
      new KeptConnection(Postgres.empty(), Duration.ofSeconds(30), opened::add);

  @Test
  void it_is_opened_when_it_is_needed_and_kept() throws SQLException {
    assertThat(kept.isOpen()).isFalse();
    assertThat(kept.get()).isSameAs(kept.get());
    assertThat(kept.isOpen()).isTrue();
    assertThat(opened).hasSize(1);
    kept.close();
    assertThat(opened.get(0).isClosed()).isTrue();
  }

  @Test
  void after_a_fault_it_is_opened_again() throws SQLException {
    assertThatThrownBy(() -> kept.with(c -> NamedSql.on(c, "SELECT 1 / 0").exists()))
        .isInstanceOf(SQLException.class);
    assertThat(opened.get(0).isClosed()).isTrue();
    boolean answers = kept.with(c -> NamedSql.on(c, "SELECT 1").exists());
    assertThat(answers).isTrue();
    assertThat(opened).hasSize(2);
    kept.close();
  }

  @Test
  void a_rollback_never_opens_another_connection() throws SQLException {
    kept.rollback(); // nothing to roll back
    kept.get().close(); // by the driver, whose error says something else
    assertThatThrownBy(kept::rollback).isInstanceOf(SQLException.class);
    assertThat(opened).hasSize(1);
  }

  @Test
  void a_connection_whose_setup_fails_is_not_kept() throws SQLException {
    List<Connection> tried = new ArrayList<>();
    try (KeptConnection unfit =
        new KeptConnection(
            Postgres.empty(),
            Duration.ofSeconds(30),
            connection -> {
              tried.add(connection);
              throw new SQLException("unfit");
            })) {
      assertThatThrownBy(unfit::get).hasMessage("unfit");
      assertThat(unfit.isOpen()).isFalse();
      assertThat(tried.get(0).isClosed()).isTrue();
    }
  }
}
