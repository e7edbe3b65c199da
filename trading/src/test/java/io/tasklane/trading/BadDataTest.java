package io.tasklane.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.task.Failure;
import io.tasklane.task.FailureException;
import io.tasklane.trading.testing.Desk;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user may do wrong in his folder, and what he is told. */
class BadDataTest {
  @TempDir Path folder;
  private Desk desk;

  @BeforeEach
  void copyExample() throws IOException {
    Desk.copyOfExample(folder);
    desk = Desk.on(folder);
  }

  @Test
  void a_malformed_json_file_is_named_with_the_line() throws IOException {
    write("accounts.json", "[\n  {\"cash\": \"1\",,}\n]");
    assertThat(failure("sync_account_balances")).contains("accounts.json line 2", "is not JSON");
  }

  @Test
  void a_json_value_of_the_wrong_kind_is_named_with_its_field() throws IOException {
    replace("accounts.json", "\"42146.80\"", "\"42,146.80\"");
    assertThat(failure("sync_account_balances"))
        .contains("accounts.json [0] field cash", "42,146.80", "a decimal number");
    write("accounts.json", "[{\"id\":\"A\",\"cash\":\"1e999999999\",\"equity\":1}]");
    assertThat(failure("sync_account_balances")).contains("field cash", "1e999999999");
    write("accounts.json", "[3]");
    assertThat(failure("sync_account_balances")).contains("accounts.json [0]", "an object");
    write("accounts.json", "[]");
    assertThat(failure("sync_account_balances")).contains("accounts.json has no account");
  }

  @Test
  void an_empty_folder_and_a_missing_one_are_told_apart(@TempDir Path empty) {
    desk = Desk.on(empty);
    assertThat(failure("sync_account_balances")).contains("is empty", "expected accounts.json");
    desk = Desk.on(empty.resolve("nowhere"));
    assertThat(failure("update_positions")).contains("does not exist");
  }

  @Test
  void a_missing_file_is_named() throws IOException {
    Files.delete(folder.resolve("fills.csv"));
    assertThat(failure("calculate_overnight_pnl")).contains("has no file fills.csv");
  }

  @Test
  void a_broken_csv_row_is_named_by_file_and_line() throws IOException {
    replace("fills.csv", "MSFT,buy,40,400.25,0.40", "MSFT,buy,40,400.25");
    assertThat(failure("calculate_overnight_pnl")).contains("fills.csv line 3", "there are 6");
  }

  @Test
  void a_negative_quantity_is_named_by_file_line_and_column() throws IOException {
    replace("fills.csv", "buy,30,250.00", "buy,-30,250.00");
    assertThat(failure("calculate_overnight_pnl"))
        .contains("fills.csv line 4, column quantity", "\"-30\"", "above 0");
  }

  @Test
  void a_word_where_a_number_or_a_time_belongs_is_named() throws IOException {
    replace("fills.csv", "210.00,0.50", "cheap,0.50");
    assertThat(failure("update_positions")).contains("fills.csv line 5, column price", "\"cheap\"");
    replace("fills.csv", "cheap,0.50", "210.00,0.50");
    replace("fills.csv", "2026-11-20 10:30:00", "yesterday");
    assertThat(failure("update_positions")).contains("fills.csv line 9, column time", "ISO-8601");
    replace("fills.csv", "yesterday,A-100,AAPL,sell", "2026-11-20 10:30:00,A-100,AAPL,gift");
    assertThat(failure("update_positions")).contains("column side", "\"gift\"", "buy, sell");
  }

  @Test
  void a_fill_of_an_account_that_does_not_exist_is_named() throws IOException {
    replace("fills.csv", "B-200,XOM", "C-300,XOM");
    assertThat(failure("calculate_overnight_pnl")).contains("line 10", "C-300", "A-100, B-200");
  }

  @Test
  void a_header_without_a_column_is_named() throws IOException {
    replace("symbols.csv", "symbol,name", "ticker,name");
    assertThat(failure("news_monitoring")).contains("symbols.csv line 1", "symbol, name, sector");
  }

  @Test
  void a_feed_that_is_no_xml_is_named() throws IOException {
    write("news/broken.xml", "Apple is up today");
    assertThat(failure("news_monitoring")).contains("news/broken.xml", "no RSS or Atom feed");
  }

  @Test
  void a_feed_with_a_doctype_is_refused() throws IOException {
    write(
        "news/evil.xml",
        "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
            + "<rss version=\"2.0\"><channel><title>&x;</title></channel></rss>");
    assertThat(failure("news_monitoring")).contains("news/evil.xml", "without a doctype");
  }

  @Test
  void an_unknown_symbol_is_named_with_those_that_are_known() {
    FailureException failure = desk.failure("news_monitoring", "{\"symbols\":\"aapl,zzzz\"}");
    assertThat(failure.code()).isEqualTo("UNKNOWN_SYMBOL");
    assertThat(failure.kind()).isEqualTo(Failure.Kind.PERMANENT);
    assertThat(failure).hasMessageContainingAll("\"ZZZZ\"", "AAPL, MSFT, JPM, XOM");
  }

  @Test
  void an_unknown_account_or_feed_is_named_with_those_that_are_known() {
    assertThat(desk.failure("sync_account_balances", "{\"accounts\":[\"X\"]}"))
        .hasMessageContainingAll("accounts", "\"X\"", "A-100");
    assertThat(desk.failure("news_monitoring", "{\"sources\":[\"Daily\"]}"))
        .hasMessageContainingAll("sources", "\"Daily\"", "market-blog", "Reuters Business");
  }

  @Test
  void one_symbol_without_prices_does_not_fail_the_task() throws Exception {
    Files.delete(folder.resolve("prices/MSFT.csv"));
    JsonObject result = desk.result("calculate_overnight_pnl", "{}");
    assertThat(result.getJsonArray("codes_failed").getString(0)).isEqualTo("MSFT");
    assertThat(result.getJsonObject("failure_reasons").getString("MSFT")).contains("MSFT.csv");
    // Only AAPL is left: 40 x 3.00
    assertThat(result.getJsonNumber("total_pnl").bigDecimalValue()).isEqualTo("120.00");

    JsonObject positions = desk.result("update_positions", "{}");
    assertThat(positions.getInt("positions_updated")).isEqualTo(4);
    assertThat(positions.getJsonArray("codes_failed")).hasSize(1);
    assertThat(positions.getJsonArray("validation_errors").getJsonObject(0).getString("check"))
        .isEqualTo("PRICES");

    JsonObject prep = desk.result("claude_morning_prep", "{\"symbols\":[\"MSFT\",\"XOM\"]}");
    assertThat(prep.getJsonArray("codes_failed").getString(0)).isEqualTo("MSFT");
  }

  @Test
  void all_symbols_failing_fails_the_task() throws Exception {
    Files.delete(folder.resolve("prices/MSFT.csv"));
    FailureException failure =
        desk.failure("recommendation_generation", "{\"symbols\":[\"MSFT\"]}");
    assertThat(failure.code()).isEqualTo("ALL_SYMBOLS_FAILED");
    assertThat(failure).hasMessageContaining("MSFT.csv");
  }

  @Test
  void a_bar_whose_high_is_too_low_is_named() throws Exception {
    replace("prices/XOM.csv", "110.50,110.90", "110.50,110.10");
    assertThat(failure("claude_morning_prep", "{\"symbols\":\"XOM\"}"))
        .contains("prices/XOM.csv line 4", "enclose");
  }

  @Test
  void positions_that_contradict_themselves_are_reported_not_refused() throws Exception {
    replace(
        "positions.json",
        "\"qty\": \"25\", \"side\": \"long\"",
        "\"qty\": \"25\", \"side\": \"short\"");
    replace("positions.json", "\"symbol\": \"MSFT\"", "\"symbol\": \"TSLA\"");
    JsonObject result = desk.result("update_positions", "{}");
    assertThat(
            result.getJsonArray("validation_errors").getValuesAs(JsonObject.class).stream()
                .map(error -> error.getString("symbol") + " " + error.getString("check")))
        .contains(
            "XOM SIGN", "XOM MARKET_VALUE", "XOM FILLS", "TSLA UNKNOWN_SYMBOL", "TSLA PRICES");
  }

  @Test
  void old_prices_are_reported_with_their_age_in_trading_days() throws Exception {
    // From Friday 2026-11-20 to Friday 2026-11-27: Monday to Wednesday and Friday, not
    // Thanksgiving.
    JsonObject result = desk.result("update_positions", "{\"as_of\":\"2026-11-27\"}");
    JsonObject error = result.getJsonArray("validation_errors").getJsonObject(0);
    assertThat(error.getString("check")).isEqualTo("PRICE_AGE");
    assertThat(error.getString("message")).contains("2026-11-20", "4 trading days");
  }

  private String failure(String type) {
    return failure(type, "{}");
  }

  private String failure(String type, String input) {
    FailureException failure = desk.failure(type, input);
    assertThat(failure.kind()).isEqualTo(Failure.Kind.PERMANENT);
    return failure.getMessage();
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private void replace(String file, String old, String fresh) throws IOException {
    String text = Files.readString(folder.resolve(file));
    assertThat(text).contains(old);
    write(file, text.replace(old, fresh));
  }
}
