package io.tasklane.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import org.junit.jupiter.api.Test;

class HandlerStateTest {
  private final HandlerState table = new HandlerState(Postgres.empty());

  @Test
  void what_was_written_last_is_read() {
    assertThat(table.read("k")).isEmpty();
    table.write("k", "{\"a\":1}", 5);
    table.write("k", "{\"a\":2}", 5);
    table.write("k", "{\"a\":3}", 6);
    table.write("other", "{}", 1);
    assertThat(table.read("k")).contains("{\"a\":3}");
  }

  @Test
  void a_run_whose_token_is_stale_writes_nothing() {
    table.write("k", "{\"a\":1}", 6);
    assertThat(table.write("k", "{\"a\":2}", 5)).hasValue(6);
    assertThat(table.read("k")).contains("{\"a\":1}");
  }
}
