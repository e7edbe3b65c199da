package io.tasklane.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.task.Payload;
import io.tasklane.task.Publication;
import io.tasklane.trading.calendar.TradingCalendar;
import io.tasklane.trading.format.JsonText;
import io.tasklane.trading.run.Announcer;
import io.tasklane.trading.sample.SampleSource;
import io.tasklane.trading.source.MarketView;
import io.tasklane.trading.testing.Desk;
import io.tasklane.trading.testing.RecordedRun;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the trading tasks tell the world, and what a subscriber finds in it. */
class PublishedEventsTest {
  @TempDir Path folder;

  @Test
  void cash_that_moved_is_told_by_account() throws Exception {
    Desk desk = copy();
    assertThat(events(desk, "sync_account_balances", "{}")).isEmpty();
    replace("accounts.json", "15054.05", "15154.05");
    Publication event = only(events(desk, "sync_account_balances", "{}"));
    assertThat(event.eventType()).isEqualTo("portfolio.cash_change");
    assertThat(event.subject()).isEqualTo("accounts/B-200");
    JsonObject data = data(event);
    assertThat(data.getJsonNumber("before").toString()).isEqualTo("15054.05");
    assertThat(data.getJsonNumber("after").toString()).isEqualTo("15154.05");
    assertThat(data.getJsonNumber("change").toString()).isEqualTo("100.00");
    assertThat(data.getString("data_source")).isEqualTo("files");
    assertThat(data.getString("as_of")).isEqualTo("2026-11-20");
  }

  @Test
  void positions_that_changed_are_told_with_both_quantities() throws Exception {
    Desk desk = copy();
    assertThat(events(desk, "update_positions", "{}")).hasSize(4);
    replace("positions.json", "\"symbol\": \"XOM\"", "\"symbol\": \"JPM\"");
    replace("positions.json", "\"qty\": \"40\"", "\"qty\": \"41\"");
    List<Publication> events = events(desk, "update_positions", "{}");
    assertThat(events).allMatch(e -> e.eventType().equals("portfolio.position_change"));
    assertThat(events)
        .extracting(event -> event.subject() + " " + told(data(event)))
        .containsExactly(
            "symbols/JPM B-200 opened 0 25",
            "symbols/XOM B-200 closed 25 0",
            "symbols/MSFT A-100 changed 40 41");
  }

  @Test
  void profit_and_loss_are_told_in_one_event() throws Exception {
    Publication event = only(events(Desk.example(), "calculate_overnight_pnl", "{}"));
    assertThat(event.eventType()).isEqualTo("portfolio.pnl_update");
    assertThat(event.subject()).isEqualTo("portfolio");
    JsonObject data = data(event);
    assertThat(data.getString("calculation_type")).isEqualTo("overnight");
    assertThat(data.getString("session")).isEqualTo("2026-11-20");
    assertThat(data.getJsonNumber("total_pnl").toString()).isEqualTo("4.00");
    assertThat(data.getJsonNumber("daily_pnl").toString()).isEqualTo("-16.35");
  }

  @Test
  void news_of_high_impact_are_told_by_symbol() throws Exception {
    Publication event = only(events(Desk.example(), "news_monitoring", "{}"));
    assertThat(event.eventType()).isEqualTo("market.news");
    assertThat(event.subject()).isEqualTo("symbols/AAPL");
    JsonObject data = data(event);
    assertThat(data.getJsonNumber("impact_score").toString()).isEqualTo("0.7184");
    assertThat(data.getJsonNumber("sentiment").toString()).isEqualTo("0.7184");
    assertThat(data.getString("headline")).isNotEmpty();
    assertThat(data.getString("source")).isEqualTo("Reuters Business");
    assertThat(events(Desk.example(), "news_monitoring", "{\"impact_threshold\":0.9}")).isEmpty();
  }

  @Test
  void an_analysis_tells_that_it_is_complete_and_whether_to_act() throws Exception {
    Publication event =
        only(events(Desk.example(), "claude_morning_prep", "{\"symbols\":\"jpm\"}"));
    assertThat(event.eventType()).isEqualTo("ai.analysis_complete");
    JsonObject data = data(event);
    assertThat(data.getString("analysis")).isEqualTo("claude_morning_prep");
    assertThat(data.getJsonArray("symbols").getString(0)).isEqualTo("JPM");
    assertThat(data.getBoolean("requires_action")).isFalse();
    assertThat(data.getJsonArray("key_risks").toString()).contains("JPM is overbought");
  }

  @Test
  void what_waits_for_approval_is_told_and_what_is_held_is_not() throws Exception {
    Desk sample = new Desk(TradingConfig.sample(42));
    RecordedRun run = sample.run("{\"max_recommendations\":20}");
    JsonObject result = run.of(sample.handler("recommendation_generation"));
    List<JsonObject> actions =
        result.getJsonArray("recommendations").getValuesAs(JsonObject.class).stream()
            .filter(each -> !each.getString("action").equals("HOLD"))
            .toList();
    assertThat(actions).isNotEmpty();
    assertThat(run.events).hasSameSizeAs(actions);
    for (int i = 0; i < actions.size(); i++) {
      Publication event = run.events.get(i);
      assertThat(event.eventType()).isEqualTo("ai.recommendation");
      assertThat(event.subject()).isEqualTo("symbols/" + actions.get(i).getString("symbol"));
      assertThat(data(event).entrySet()).containsAll(actions.get(i).entrySet());
    }
    assertThat(events(Desk.example(), "recommendation_generation", "{\"symbols\":\"JPM\"}"))
        .isEmpty();
  }

  @Test
  void more_events_than_the_log_takes_of_one_run_are_counted_in_the_runs_log() {
    LocalDate day = LocalDate.of(2026, 11, 20);
    RecordedRun run = Desk.example().run("{}");
    MarketView view =
        new MarketView(
            new SampleSource(1, day, TradingCalendar.nyse()),
            day,
            Desk.CLOCK.instant(),
            TradingCalendar.nyse());
    Announcer announcer = new Announcer(run, view);
    for (int i = 0; i < Publication.MOST_AT_ONCE + 2; i++) {
      announcer.say("market.news", "symbols/A" + i, JsonObject.EMPTY_JSON_OBJECT);
    }
    assertThat(run.events).hasSize(Publication.MOST_AT_ONCE);
    assertThat(run.lines).hasSize(2).allMatch(line -> line.contains("one event too many"));
  }

  private Desk copy() throws IOException {
    Desk.copyOfExample(folder);
    return Desk.on(folder);
  }

  private static List<Publication> events(Desk desk, String type, String input) throws Exception {
    RecordedRun run = desk.run(input);
    run.of(desk.handler(type));
    return run.events;
  }

  private static Publication only(List<Publication> events) {
    assertThat(events).hasSize(1);
    return events.get(0);
  }

  private static String told(JsonObject data) {
    return data.getString("account_id")
        + " "
        + data.getString("change")
        + " "
        + data.getJsonNumber("quantity_before")
        + " "
        + data.getJsonNumber("quantity");
  }

  private static JsonObject data(Publication event) {
    Payload data = event.data();
    return (JsonObject) JsonText.parse("event", data.text());
  }

  private void replace(String file, String old, String fresh) throws IOException {
    String text = Files.readString(folder.resolve(file));
    assertThat(text).contains(old);
    Files.writeString(folder.resolve(file), text.replace(old, fresh));
  }
}
