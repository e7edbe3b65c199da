package io.tasklane.trading.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.trading.store.StaleTokenException;
import io.tasklane.trading.testing.Desk;
import io.tasklane.trading.testing.RecordedRun;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two readings one after the other say, and what a repeated run says. */
class ChangesSinceLastTimeTest {
  @TempDir Path folder;
  private Desk desk;

  @BeforeEach
  void readOnce() throws Exception {
    Desk.copyOfExample(folder);
    desk = Desk.on(folder);
    desk.result("sync_account_balances", "{}");
    desk.result("update_positions", "{}");
  }

  @Test
  void nothing_changed_is_nothing_to_report() throws Exception {
    JsonObject balances = desk.result("sync_account_balances", "{}");
    assertThat(balances.getString("sync_method")).isEqualTo("incremental");
    assertThat(balances.getJsonArray("cash_changes")).isEmpty();
    JsonObject positions = desk.result("update_positions", "{}");
    assertThat(positions.getJsonArray("new_positions")).isEmpty();
    assertThat(positions.getJsonArray("closed_positions")).isEmpty();
    assertThat(positions.getJsonArray("changed_positions")).isEmpty();
  }

  @Test
  void cash_that_moved_is_reported_with_the_difference() throws Exception {
    replace("accounts.json", "15054.05", "15154.05");
    JsonObject result = desk.result("sync_account_balances", "{}");
    JsonObject change = result.getJsonArray("cash_changes").getJsonObject(0);
    assertThat(change.getString("account_id")).isEqualTo("B-200");
    assertThat(change.getJsonNumber("change").bigDecimalValue()).isEqualTo("100.00");
    assertThat(result.getBoolean("reconciled")).isFalse();
    assertThat(
            desk.result("sync_account_balances", "{\"force_full_sync\":true}")
                .getString("sync_method"))
        .isEqualTo("full");
  }

  @Test
  void positions_that_came_went_and_changed_are_told_apart() throws Exception {
    replace("positions.json", "\"symbol\": \"XOM\"", "\"symbol\": \"JPM\"");
    replace("positions.json", "\"qty\": \"40\"", "\"qty\": \"41\"");
    JsonObject result = desk.result("update_positions", "{}");
    assertThat(result.getJsonArray("new_positions").getString(0)).isEqualTo("B-200:JPM");
    assertThat(result.getJsonArray("closed_positions").getString(0)).isEqualTo("B-200:XOM");
    assertThat(result.getJsonArray("changed_positions").getString(0)).isEqualTo("A-100:MSFT");
  }

  @Test
  void symbols_not_asked_for_are_neither_closed_nor_forgotten() throws Exception {
    JsonObject some = desk.result("update_positions", "{\"symbols\":\"aapl\"}");
    assertThat(some.getInt("positions_updated")).isEqualTo(2);
    assertThat(some.getJsonArray("closed_positions")).isEmpty();
    assertThat(desk.result("update_positions", "{}").getJsonArray("new_positions")).isEmpty();
  }

  @Test
  void a_repeated_run_of_a_task_reports_the_same_changes_again() throws Exception {
    replace("positions.json", "\"qty\": \"40\"", "\"qty\": \"41\"");
    RecordedRun first = new RecordedRun("tasks/same", 100, "{}", Desk.CLOCK);
    RecordedRun again = new RecordedRun("tasks/same", 101, "{}", Desk.CLOCK);
    JsonObject cutShort = first.of(desk.handler("update_positions"));
    JsonObject repeated = again.of(desk.handler("update_positions"));
    assertThat(repeated).isEqualTo(cutShort);
    assertThat(repeated.getJsonArray("changed_positions")).hasSize(1);
  }

  @Test
  void a_stale_run_writes_nothing_over_a_later_one() throws Exception {
    new RecordedRun("tasks/later", 100, "{}", Desk.CLOCK).of(desk.handler("update_positions"));
    RecordedRun stale = new RecordedRun("tasks/stale", 99, "{}", Desk.CLOCK);
    assertThatThrownBy(() -> stale.of(desk.handler("update_positions")))
        .isInstanceOf(StaleTokenException.class);
  }

  private void replace(String file, String old, String fresh) throws IOException {
    String text = Files.readString(folder.resolve(file));
    assertThat(text).contains(old);
    Files.writeString(folder.resolve(file), text.replace(old, fresh));
  }
}
