package io.tasklane.trading.portfolio;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.trading.testing.Desk;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options, short positions, shares without fills, and files that do not name accounts. */
class UnusualHoldingsTest {
  private static final String FILLS = "time,account,symbol,side,quantity,price,fee\n";
  @TempDir Path folder;
  private Desk desk;

  @BeforeEach
  void copyExample() throws IOException {
    Desk.copyOfExample(folder);
    write("accounts.json", "{\"id\":\"ONE\",\"cash\":\"1000\",\"equity\":\"1000\"}");
    desk = Desk.on(folder);
  }

  @Test
  void an_option_contract_stands_for_a_hundred_shares() throws Exception {
    write(
        "positions.json", position("AAPL  261218C00230000", "2", "long", "3.10", "4.00", "800.00"));
    write("fills.csv", FILLS + "2026-11-18 10:00:00,ONE,AAPL261218C00230000,buy,2,3.10,1.30\n");
    JsonObject positions = desk.result("update_positions", "{}");
    assertThat(positions.getJsonArray("validation_errors")).isEmpty();
    // 2 x 100 x 0.90 less the fee
    assertThat(total("total")).isEqualByComparingTo("178.70");
    // lastday_price is 3.50: 2 x 100 x 0.50
    assertThat(total("overnight")).isEqualByComparingTo("100.00");
    JsonObject without = desk.result("update_positions", "{\"include_options\":false}");
    assertThat(without.getInt("positions_updated")).isZero();
    assertThat(without.getJsonArray("closed_positions")).isEmpty();
  }

  @Test
  void a_short_position_gains_when_the_price_falls() throws Exception {
    write("positions.json", position("MSFT", "-10", "short", "410.00", "402.10", "-4021.00"));
    write("fills.csv", FILLS + "2026-11-18 10:00:00,ONE,MSFT,sell_short,10,410.00,0\n");
    assertThat(desk.result("update_positions", "{}").getJsonArray("validation_errors")).isEmpty();
    // 10 x (410.00 - 402.10), and 10 x (405.00 - 402.10) since the close
    assertThat(total("total")).isEqualByComparingTo("79.00");
    assertThat(total("overnight")).isEqualByComparingTo("29.00");
  }

  @Test
  void shares_without_fills_count_from_their_average_entry_price() throws Exception {
    write("positions.json", position("MSFT", "10", "long", "400.00", "402.10", "4021.00"));
    write("fills.csv", FILLS);
    assertThat(total("total")).isEqualByComparingTo("21.00");
  }

  @Test
  void fills_whose_position_is_missing_are_named() throws Exception {
    write("positions.json", "[]");
    write("fills.csv", FILLS + "2026-11-18 10:00:00,ONE,MSFT,buy,10,400.00,0\n");
    assertThat(desk.failure("calculate_overnight_pnl", "{\"calculation_type\":\"total\"}"))
        .hasMessageContainingAll("leaves 10 MSFT", "positions.json has no such position");
  }

  @Test
  void positions_of_several_accounts_that_name_none_are_matched_over_all() throws Exception {
    write(
        "accounts.json",
        "[{\"id\":\"ONE\",\"cash\":0,\"equity\":\"4021.00\"},{\"id\":\"TWO\",\"cash\":0,\"equity\":0}]");
    write("positions.json", position("MSFT", "10", "long", "400.00", "402.10", "4021.00"));
    write(
        "fills.csv",
        FILLS
            + "2026-11-17 10:00:00,ONE,MSFT,buy,6,400.00,0\n"
            + "2026-11-18 10:00:00,TWO,MSFT,buy,4,401.00,0\n");
    // 6 x 2.10 + 4 x 1.10
    assertThat(total("total")).isEqualByComparingTo("17.00");
    JsonObject balances = desk.result("sync_account_balances", "{}");
    assertThat(balances.getBoolean("reconciled")).isTrue();
    assertThat(balances.getJsonArray("reconciliation").getJsonObject(0).getString("account_id"))
        .isEqualTo("all");
  }

  @Test
  void accounts_of_two_currencies_are_not_added_up() throws Exception {
    write(
        "accounts.json",
        "[{\"id\":\"A\",\"cash\":0,\"equity\":0},"
            + "{\"id\":\"B\",\"cash\":0,\"equity\":0,\"currency\":\"EUR\"}]");
    assertThat(desk.failure("sync_account_balances", "{}"))
        .hasMessageContainingAll("[1] field currency", "EUR", "USD");
  }

  private BigDecimal total(String period) throws Exception {
    return desk.result("calculate_overnight_pnl", "{\"calculation_type\":\"" + period + "\"}")
        .getJsonNumber("total_pnl")
        .bigDecimalValue();
  }

  private static String position(
      String symbol, String quantity, String side, String entry, String price, String value) {
    return String.format(
        "[{\"symbol\":\"%s\",\"qty\":\"%s\",\"side\":\"%s\",\"avg_entry_price\":\"%s\","
            + "\"current_price\":\"%s\",\"lastday_price\":\"3.50\",\"market_value\":\"%s\"}]",
        symbol, quantity, side, entry, price, value);
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }
}
