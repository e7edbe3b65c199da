package io.tasklane.trading.fundamentals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.task.Publication;
import io.tasklane.trading.format.JsonText;
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

/** What is kept of a file from one task to the next. */
class FactsKeptTest {
  private static final String TYPE = "fundamentals_update";
  private static final String AAPL = "{\"symbols\":\"AAPL\"}";
  @TempDir Path folder;
  private Desk desk;

  @BeforeEach
  void copyExample() throws IOException {
    Desk.copyOfExample(folder);
    desk = Desk.on(folder);
  }

  @Test
  void an_unchanged_file_is_understood_once() throws Exception {
    JsonObject first = desk.result(TYPE, AAPL);
    assertCounts(first, 1, 10, 0);
    JsonObject second = desk.result(TYPE, AAPL);
    assertCounts(second, 0, 0, 1);
    assertThat(figures(second)).isEqualTo(figures(first));
    assertThat(second.getInt("api_calls_made")).isZero();
  }

  @Test
  void a_forced_refresh_reads_anew_and_finds_nothing_new() throws Exception {
    desk.result(TYPE, AAPL);
    assertCounts(desk.result(TYPE, "{\"symbols\":\"AAPL\",\"force_refresh\":true}"), 1, 0, 0);
  }

  @Test
  void a_changed_file_counts_what_changed_in_it() throws Exception {
    desk.result(TYPE, AAPL);
    // The public float alone.
    replace("\"val\": 2900000000000", "\"val\": 2800000000000");
    assertCounts(desk.result(TYPE, AAPL), 1, 1, 0);
  }

  @Test
  void the_day_of_a_filing_ends_what_was_kept_before_it() throws Exception {
    desk.result(TYPE, AAPL);
    assertCounts(desk.result(TYPE, "{\"symbols\":\"AAPL\",\"as_of\":\"2026-11-24\"}"), 0, 0, 1);
    JsonObject filed = desk.result(TYPE, "{\"symbols\":\"AAPL\",\"as_of\":\"2026-11-25\"}");
    assertThat(filed.getInt("cache_hits")).isZero();
    JsonObject past = desk.result(TYPE, "{\"symbols\":\"AAPL\",\"as_of\":\"2026-11-24\"}");
    assertThat(past.getInt("cache_hits")).isZero();
  }

  @Test
  void a_price_that_moved_shows_in_the_ratios_of_a_file_that_did_not() throws Exception {
    desk.result(TYPE, AAPL);
    Path prices = folder.resolve("prices/AAPL.csv");
    String text = Files.readString(prices);
    Files.writeString(prices, text.replace("227.00,", "225.00,"));
    JsonObject result = desk.result(TYPE, AAPL);
    assertCounts(result, 0, 0, 1);
    assertThat(
            result.getJsonArray("fundamentals").getJsonObject(0).getJsonNumber("price").toString())
        .isEqualTo("225.00");
  }

  @Test
  void a_repeated_run_of_a_task_reports_the_same_again() throws Exception {
    RecordedRun first = new RecordedRun("tasks/same", 100, AAPL, Desk.CLOCK);
    RecordedRun again = new RecordedRun("tasks/same", 101, AAPL, Desk.CLOCK);
    JsonObject cutShort = first.of(desk.handler(TYPE));
    assertThat(again.of(desk.handler(TYPE))).isEqualTo(cutShort);
  }

  @Test
  void a_stale_run_keeps_nothing_over_a_later_one() throws Exception {
    new RecordedRun("tasks/later", 100, AAPL, Desk.CLOCK).of(desk.handler(TYPE));
    RecordedRun stale =
        new RecordedRun(
            "tasks/stale", 99, "{\"symbols\":\"AAPL\",\"force_refresh\":true}", Desk.CLOCK);
    assertThatThrownBy(() -> stale.of(desk.handler(TYPE))).isInstanceOf(StaleTokenException.class);
  }

  @Test
  void what_is_new_is_published_and_what_is_not_is_not() throws Exception {
    RecordedRun first = desk.run(AAPL);
    first.of(desk.handler(TYPE));
    assertThat(first.events).extracting(Publication::eventType).containsExactly("data.updated");
    assertThat(first.events.get(0).subject()).isEqualTo("symbols/AAPL");
    assertThat(first.events.get(0).data().text())
        .contains("\"new_data_points\":10", "\"period_end\":\"2026-06-27\"", "\"files\"");
    RecordedRun second = desk.run(AAPL);
    second.of(desk.handler(TYPE));
    assertThat(second.events).isEmpty();
  }

  private static JsonObject figures(JsonObject result) {
    JsonObject figures = result.getJsonArray("fundamentals").getJsonObject(0);
    return JsonText.object(figures).remove("cached").build();
  }

  private static void assertCounts(JsonObject result, int updated, int points, int hits) {
    assertThat(result.getInt("symbols_updated")).isEqualTo(updated);
    assertThat(result.getInt("new_data_points")).isEqualTo(points);
    assertThat(result.getInt("cache_hits")).isEqualTo(hits);
  }

  private void replace(String old, String fresh) throws IOException {
    Path file = folder.resolve("companyfacts/AAPL.json");
    String text = Files.readString(file);
    assertThat(text).contains(old);
    Files.writeString(file, text.replace(old, fresh));
  }
}
