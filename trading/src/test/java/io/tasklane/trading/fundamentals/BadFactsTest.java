package io.tasklane.trading.fundamentals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.task.FailureException;
import io.tasklane.trading.testing.Desk;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be wrong in a companyfacts file, and what its user is told. */
class BadFactsTest {
  private static final String FILE = "companyfacts/AAPL.json";
  @TempDir Path folder;
  private Desk desk;

  @BeforeEach
  void copyExample() throws IOException {
    Desk.copyOfExample(folder);
    desk = Desk.on(folder);
  }

  @Test
  void a_wrong_value_is_named_with_its_place() throws IOException {
    replace("\"val\": 330000000000", "\"val\": \"much\"");
    assertThat(failure())
        .contains(
            FILE,
            "facts.us-gaap.RevenueFromContractWithCustomerExcludingAssessedTax.units.USD[9]",
            "field val",
            "much",
            "a decimal number");
  }

  @Test
  void a_wrong_day_is_named_with_its_place() throws IOException {
    replace("\"filed\": \"2026-02-10\"", "\"filed\": \"soon\"");
    assertThat(failure()).contains(FILE, "[0] field filed", "soon", "YYYY-MM-DD");
    replace("\"filed\": \"soon\"", "\"filed\": \"2026-02-10\"");
    replace("\"start\": \"2016-09-25\"", "\"start\": \"2019-09-25\"");
    assertThat(failure()).contains("SalesRevenueNet.units.USD[0] field start", "not after end");
  }

  @Test
  void a_part_of_the_wrong_kind_is_named() {
    assertFault("[]", "an object with the member facts");
    assertFault("{\"facts\": []}", "facts", "an object of taxonomies");
    assertFault("{\"entityName\": \"A\"}", "facts", "is missing");
    assertFault("{\"facts\": {\"us-gaap\": 1}}", "facts.us-gaap", "an object of concepts");
    assertFault("{\"facts\": {\"us-gaap\": {\"Assets\": 1}}}", "facts.us-gaap.Assets");
    assertFault("{\"facts\": {\"us-gaap\": {\"Assets\": {}}}}", "Assets.units", "of units");
    assertFault(
        "{\"facts\": {\"us-gaap\": {\"Assets\": {\"units\": {\"USD\": 5}}}}}",
        "facts.us-gaap.Assets.units.USD",
        "an array of facts");
    assertFault(
        "{\"facts\": {\"us-gaap\": {\"Assets\": {\"units\": {\"USD\": [7]}}}}}",
        "facts.us-gaap.Assets.units.USD[0]",
        "an object");
    assertFault("{\"facts\": {}} {}", "is not JSON");
    for (String beyond : List.of("[".repeat(2_000) + "]".repeat(2_000), "7".repeat(2_000))) {
      assertFault(
          "{\"facts\": {\"us-gaap\": {\"Assets\": {\"units\": {\"USD\": [" + beyond + "]}}}}}",
          "beyond what can be read");
    }
  }

  @Test
  void a_file_cut_off_anywhere_fails_and_is_named() throws IOException {
    byte[] whole = Files.readAllBytes(folder.resolve(FILE));
    int end = new String(whole, StandardCharsets.UTF_8).stripTrailing().length();
    for (int length = 0; length < end; length += 7) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> CompanyFactsReader.read(FILE, cut))
          .as("cut off after %s bytes", length)
          .isInstanceOf(FailureException.class)
          .hasMessageContaining(FILE);
    }
  }

  @Test
  void facts_that_nobody_asks_for_may_be_anything() {
    CompanyFacts facts =
        read(
            "{\"x\": [[{}]], \"facts\": {\"us-gaap\": {\"Other\": [1, {\"a\": [2]}], \"Odd\": null}}}");
    assertThat(facts.byName()).isEmpty();
  }

  @Test
  void only_the_symbol_of_a_bad_file_fails() throws Exception {
    Files.copy(folder.resolve(FILE), folder.resolve("companyfacts/MSFT.json"));
    replace("\"val\": 330000000000", "\"val\": null");
    JsonObject result = desk.result("fundamentals_update", "{\"symbols\":[\"AAPL\",\"MSFT\"]}");
    assertThat(result.getJsonObject("failure_reasons")).containsOnlyKeys("AAPL");
    assertThat(result.getInt("symbols_updated")).isEqualTo(1);
  }

  @Test
  void a_company_that_had_filed_nothing_yet_is_named_with_the_day() {
    FailureException failure =
        desk.failure("fundamentals_update", "{\"symbols\":\"AAPL\",\"as_of\":\"2016-01-04\"}");
    assertThat(failure).hasMessageContainingAll(FILE, "filed by 2016-01-04");
  }

  @Test
  void what_makes_no_sense_as_a_ratio_is_missing_with_its_reason() throws Exception {
    replace("\"val\": 65000000000", "\"val\": -1");
    replace("\"val\": 84000000000", "\"val\": -900000000000");
    JsonObject aapl =
        desk.result("fundamentals_update", "{\"symbols\":\"AAPL\"}")
            .getJsonArray("fundamentals")
            .getJsonObject(0);
    for (String ratio : new String[] {"pe_ratio", "pb_ratio", "debt_to_equity", "roe"}) {
      assertThat(aapl.isNull(ratio)).as(ratio).isTrue();
    }
    assertThat(aapl.getJsonObject("missing").getString("pe_ratio")).isEqualTo("eps is not above 0");
    assertThat(aapl.getJsonObject("missing").getString("roe")).isEqualTo("equity is not above 0");
    // 100 - 900 - 75 = -875 billion against 100 before.
    assertThat(aapl.getJsonNumber("earnings_growth").toString()).isEqualTo("-9.7500");
  }

  @Test
  void figures_of_years_ago_describe_nobody_today() throws Exception {
    JsonObject aapl =
        desk.result(
                "fundamentals_update",
                "{\"symbols\":\"AAPL\",\"data_types\":[\"financials\"],\"as_of\":\"2020-01-02\"}")
            .getJsonArray("fundamentals")
            .getJsonObject(0);
    assertThat(aapl.isNull("revenue")).isTrue();
    assertThat(aapl.getJsonObject("missing").getString("revenue"))
        .isEqualTo("revenue was last told of 2017-09-30");
  }

  private static void assertFault(String json, String... parts) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining(FILE)
        .hasMessageContainingAll(parts);
  }

  private static CompanyFacts read(String json) {
    return CompanyFactsReader.read(FILE, json.getBytes(StandardCharsets.UTF_8));
  }

  private String failure() {
    return desk.failure("fundamentals_update", "{\"symbols\":\"AAPL\"}").getMessage();
  }

  private void replace(String old, String fresh) throws IOException {
    String text = Files.readString(folder.resolve(FILE));
    assertThat(text).contains(old);
    Files.writeString(folder.resolve(FILE), text.replace(old, fresh));
  }
}
