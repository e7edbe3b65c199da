package io.tasklane.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskType;
import io.tasklane.trading.format.JsonText;
import io.tasklane.trading.testing.Desk;
import io.tasklane.trading.testing.RecordedRun;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every trading task type. */
class HandlerContractTest {
  private static final Set<String> WITHOUT_SYMBOLS =
      Set.of("sync_account_balances", "calculate_overnight_pnl", "validate_portfolio_risks");
  private final Desk desk = Desk.example();

  @ParameterizedTest
  @CsvSource({
    "sync_account_balances, PORTFOLIO_SYNC, 4, 2.0, 300",
    "update_positions, PORTFOLIO_SYNC, 4, 2.0, 300",
    "calculate_overnight_pnl, PORTFOLIO_SYNC, 4, 2.0, 300",
    "validate_portfolio_risks, PORTFOLIO_SYNC, 4, 2.0, 300",
    "news_monitoring, DATA_FETCHER, 6, 1.5, 600",
    "fundamentals_update, DATA_FETCHER, 6, 1.5, 600",
    "claude_morning_prep, AI_ANALYSIS, 3, 3.0, 900",
    "recommendation_generation, AI_ANALYSIS, 3, 3.0, 900"
  })
  void a_type_has_its_queue_attempts_and_time_limit(
      String name, String queue, int attempts, double multiplier, long seconds) {
    TaskType type = desk.handler(name).type();
    assertThat(type.queues()).containsExactly(queue);
    assertThat(type.retryPolicy().orElseThrow().maximumAttempts()).isEqualTo(attempts);
    assertThat(type.retryPolicy().orElseThrow().multiplier()).isEqualTo(multiplier);
    assertThat(type.timeouts().attempt()).contains(Duration.ofSeconds(seconds));
    assertThat(desk.handlers()).hasSize(8);
  }

  @Test
  void a_schema_takes_the_defaults_and_a_time_limit_and_nothing_unknown() {
    for (TaskHandler handler : desk.handlers()) {
      String name = handler.type().name();
      JsonSchema schema = schema(handler);
      assertThat(errors(schema, "{}")).as(name).isEmpty();
      assertThat(errors(schema, "{\"timeout_seconds\":3600,\"as_of\":\"2026-11-20\"}")).isEmpty();
      assertThat(errors(schema, "{\"timeout_seconds\":0}")).as(name).isNotEmpty();
      assertThat(errors(schema, "{\"timeout_seconds\":3601}")).as(name).isNotEmpty();
      assertThat(errors(schema, "{\"as_of\":\"yesterday\"}")).as(name).isNotEmpty();
      assertThat(errors(schema, "{\"surprise\":1}")).as(name).isNotEmpty();
      assertThat(errors(schema, "[]")).as(name).isNotEmpty();
    }
  }

  @Test
  void symbols_may_be_a_list_or_a_text_where_a_type_has_them() {
    for (TaskHandler handler : desk.handlers()) {
      JsonSchema schema = schema(handler);
      boolean known = !WITHOUT_SYMBOLS.contains(handler.type().name());
      for (String symbols : List.of("[]", "\"\"", "[\"aapl\",\"BRK.B\"]", "\"AAPL, msft\"")) {
        assertThat(errors(schema, "{\"symbols\":" + symbols + "}").isEmpty()).isEqualTo(known);
      }
      for (String symbols : List.of("7", "[7]", "[\"../x\"]", "\"A/B\"", "null")) {
        assertThat(errors(schema, "{\"symbols\":" + symbols + "}")).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "calculate_overnight_pnl|{\"calculation_type\":\"weekly\"}|calculation_type",
        "calculate_overnight_pnl|{\"include_fees\":\"yes\"}|include_fees",
        "news_monitoring|{\"impact_threshold\":1.5}|impact_threshold",
        "news_monitoring|{\"sources\":[1]}|sources",
        "validate_portfolio_risks|{\"risk_checks\":[]}|risk_checks",
        "validate_portfolio_risks|{\"risk_checks\":[\"weather\"]}|risk_checks",
        "validate_portfolio_risks|{\"alert_thresholds\":[]}|alert_thresholds",
        "validate_portfolio_risks|{\"alert_thresholds\":{\"max_luck\":1}}|alert_thresholds",
        "validate_portfolio_risks|{\"alert_thresholds\":{\"max_hhi\":0}}|alert_thresholds.max_hhi",
        "validate_portfolio_risks|{\"alert_thresholds\":{\"max_hhi\":\"1\"}}|alert_thresholds.max",
        "validate_portfolio_risks|{\"alert_thresholds\":{\"max_beta\":1001}}|alert_thresholds.max",
        "fundamentals_update|{\"data_types\":[\"rumours\"]}|data_types",
        "fundamentals_update|{\"data_types\":\"ratios\"}|data_types",
        "fundamentals_update|{\"force_refresh\":1}|force_refresh",
        "claude_morning_prep|{\"risk_tolerance\":\"reckless\"}|risk_tolerance",
        "claude_morning_prep|{\"news\":[]}|news",
        "recommendation_generation|{\"max_recommendations\":21}|max_recommendations",
        "recommendation_generation|{\"max_recommendations\":0}|max_recommendations",
        "sync_account_balances|{\"accounts\":\"all\"}|accounts",
        "update_positions|{\"symbols\":[5]}|symbols"
      })
  void what_the_schema_refuses_the_handler_refuses_too(String row) {
    String[] cells = row.split("\\|");
    assertThat(errors(schema(desk.handler(cells[0])), cells[1])).isNotEmpty();
    assertThat(desk.failure(cells[0], cells[1]))
        .hasMessageContainingAll("input field " + cells[2], "is not allowed");
  }

  @Test
  void every_result_says_where_its_data_come_from_and_of_which_day_they_are() throws Exception {
    for (TaskHandler handler : desk.handlers()) {
      JsonObject result = desk.result(handler.type().name(), "{}");
      assertThat(result.getString("data_source")).isEqualTo("files");
      assertThat(result.getString("as_of")).isEqualTo("2026-11-20");
    }
  }

  @Test
  void a_cancelled_or_interrupted_run_ends() {
    for (TaskHandler handler : desk.handlers()) {
      RecordedRun cancelled = desk.run("{}").thatIsCancelled();
      assertThatThrownBy(() -> handler.handle(cancelled))
          .as(handler.type().name())
          .isInstanceOf(InterruptedException.class);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> handler.handle(desk.run("{}")))
          .isInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  @Test
  void progress_names_what_is_worked_on() throws Exception {
    RecordedRun run = desk.run("{}");
    run.of(desk.handler("news_monitoring"));
    assertThat(run.units).contains("news/market-blog.xml", "news/wire.xml");
    RecordedRun prep = desk.run("{\"symbols\":\"msft,XOM,msft\"}");
    prep.of(desk.handler("claude_morning_prep"));
    assertThat(prep.units).containsSubsequence("MSFT", "XOM");
  }

  private static JsonSchema schema(TaskHandler handler) {
    // What the validator gets is JSON of ours: a schema that is none would fail here.
    JsonText.parse("schema", handler.type().inputSchema());
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(handler.type().inputSchema());
  }

  private static Set<?> errors(JsonSchema schema, String input) {
    return schema.validate(input, InputFormat.JSON);
  }
}
