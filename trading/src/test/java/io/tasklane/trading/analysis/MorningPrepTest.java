package io.tasklane.trading.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.task.TaskRequest;
import io.tasklane.trading.format.JsonText;
import io.tasklane.trading.testing.Desk;
import io.tasklane.trading.testing.RecordedRun;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MorningPrepTest {
  private final Desk desk = Desk.example();

  @Test
  void news_of_high_impact_require_action_and_create_a_recommendation_task() throws Exception {
    RecordedRun run =
        desk.run("{\"symbols\":[\"AAPL\",\"XOM\"],\"risk_tolerance\":\"aggressive\"}");
    JsonObject result = run.of(desk.handler("claude_morning_prep"));

    assertThat(result.getBoolean("requires_action")).isTrue();
    assertThat(result.getString("analyst")).isEqualTo("rules");
    assertThat(texts(result, "insights"))
        .contains("AAPL in the news: Apple beats estimates and raises guidance");
    assertThat(texts(result, "created_tasks")).containsExactly("tasks/child-1");
    TaskRequest child = run.children.get(0);
    assertThat(child.queue()).isEqualTo("AI_ANALYSIS");
    assertThat(child.taskType()).isEqualTo("recommendation_generation");
    assertThat(child.priority().value()).isEqualTo(9);
    JsonObject input = (JsonObject) JsonText.parse("child", child.input().text());
    assertThat(texts(input, "symbols")).containsExactly("AAPL", "XOM");
    assertThat(input.getString("trigger")).isEqualTo("morning_prep");
    assertThat(input.getString("risk_tolerance")).isEqualTo("aggressive");
    assertThat(input.getJsonObject("portfolio_status"))
        .isEqualTo(result.getJsonObject("portfolio_status"));
    // 4.00 of 82844.85: the overnight gain that the portfolio task reckons too
    assertThat(
            result
                .getJsonObject("portfolio_status")
                .getJsonNumber("overnight_pnl")
                .bigDecimalValue())
        .isEqualTo("4.00");
  }

  @Test
  void a_workflow_that_recommends_by_itself_gets_no_child() throws Exception {
    RecordedRun run = desk.run("{\"symbols\":[\"AAPL\"],\"create_recommendations\":false}");
    JsonObject result = run.of(desk.handler("claude_morning_prep"));

    assertThat(result.getBoolean("requires_action")).isTrue();
    assertThat(result.getJsonArray("created_tasks")).isEmpty();
    assertThat(run.children).isEmpty();
  }

  @Test
  void the_child_recommends_from_the_brief_without_the_data(@TempDir Path folder) throws Exception {
    RecordedRun prep = desk.run("{\"symbols\":\"AAPL,XOM\"}");
    prep.of(desk.handler("claude_morning_prep"));
    String input = prep.children.get(0).input().text();
    Files.copy(Desk.EXAMPLE.resolve("symbols.csv"), folder.resolve("symbols.csv"));

    JsonObject fromBrief = Desk.on(folder).result("recommendation_generation", input);
    JsonObject fromData = desk.result("recommendation_generation", "{\"symbols\":\"AAPL,XOM\"}");
    assertThat(fromBrief.getJsonArray("recommendations"))
        .hasSize(2)
        .isEqualTo(fromData.getJsonArray("recommendations"));
    assertThat(fromBrief.getString("market_trend")).isEqualTo("bullish");
  }

  @Test
  void a_quiet_symbol_requires_nothing() throws Exception {
    RecordedRun run = desk.run("{\"symbols\":\"XOM\"}");
    assertThat(run.of(desk.handler("claude_morning_prep")).getBoolean("requires_action")).isFalse();
    assertThat(run.children).isEmpty();
  }

  @Test
  void a_symbol_above_15_percent_of_the_portfolio_is_a_key_risk() throws Exception {
    JsonObject result = desk.result("claude_morning_prep", "{\"symbols\":\"MSFT\"}");
    assertThat(texts(result, "key_risks")).contains("MSFT is 19.4 % of the portfolio.");
    assertThat(result.getBoolean("requires_action")).isTrue();
  }

  @Test
  void news_passed_in_are_taken_instead_of_the_feeds() throws Exception {
    JsonObject news = desk.result("news_monitoring", "{}");
    JsonObject read = desk.result("claude_morning_prep", "{\"symbols\":\"AAPL\"}");
    JsonObject passed =
        desk.result("claude_morning_prep", "{\"symbols\":\"AAPL\",\"news\":" + news + "}");
    assertThat(passed).isEqualTo(read);
    JsonObject silent =
        desk.result("claude_morning_prep", "{\"symbols\":\"AAPL\",\"news\":{\"symbols\":[]}}");
    assertThat(silent.getBoolean("requires_action")).isFalse();
    assertThat(desk.failure("claude_morning_prep", "{\"news\":{}}"))
        .hasMessageContaining("news.symbols");
  }

  @Test
  void what_is_not_asked_for_is_left_out() throws Exception {
    JsonObject result =
        desk.result(
            "claude_morning_prep",
            "{\"include_market_analysis\":false,\"include_portfolio_review\":false}");
    assertThat(result.isNull("market_conditions")).isTrue();
    assertThat(result.isNull("portfolio_status")).isTrue();
  }

  @Test
  void a_brief_that_does_not_say_what_is_held_is_not_passed_on() throws Exception {
    RecordedRun run = desk.run("{\"symbols\":\"AAPL\",\"include_portfolio_review\":false}");
    run.of(desk.handler("claude_morning_prep"));
    String input = run.children.get(0).input().text();
    assertThat(input).doesNotContain("\"brief\"", "portfolio_status");
    JsonObject advice = desk.result("recommendation_generation", input);
    assertThat(advice.getJsonArray("recommendations")).hasSize(1);
  }

  private static List<String> texts(JsonObject json, String field) {
    return json.getJsonArray(field).getValuesAs(JsonString.class).stream()
        .map(JsonString::getString)
        .toList();
  }
}
