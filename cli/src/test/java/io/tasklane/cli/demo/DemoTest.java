package io.tasklane.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.CommandRun;
import io.tasklane.cli.FakeServer;
import io.tasklane.v1.Failure;
import io.tasklane.v1.Task;
import io.tasklane.v1.Task.State;
import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The demo against the other end of the wire, whose event stream breaks again and again. */
@Timeout(60)
class DemoTest {
  private static CommandRun demo(UnaryOperator<Task> handler) throws IOException {
    try (FakeServer server = FakeServer.start(handler)) {
      return CommandRun.of(
          Map.of("TASKLANE_HOME", ".."), "demo", "--json", "--server", server.address());
    }
  }

  private static Task succeed(Task task) {
    boolean first = task.getInput().getInline().toStringUtf8().contains("\"AAPL\"");
    String result =
        switch (task.getTaskType()) {
          case "sync_account_balances" -> "\"total_value\":\"1000.50\"";
          case "calculate_overnight_pnl" -> "\"total_pnl\":-3.25";
          case "recommendation_generation" ->
              "\"recommendations\":[{\"symbol\":\"AAPL\",\"action\":\"BUY\"}]";
          case "news_monitoring" -> "\"symbols\":[" + digest(first) + "]";
          default -> "\"x\":1";
        };
    return task.toBuilder()
        .setResult(FakeServer.json("{\"data_source\":\"sample\"," + result + "}"))
        .build();
  }

  private static String digest(boolean first) {
    return "{\"symbol\":\"X\",\"headline\":\"%s\",\"max_impact\":%s,\"max_impact_sentiment\":-0.5}"
        .formatted(first ? "weighty" : "slight", first ? "0.9" : "0.1");
  }

  private static JsonObject json(CommandRun run) {
    return JsonParser.parseString(run.lastLine()).getAsJsonObject();
  }

  @Test
  void a_good_morning_ends_with_0_and_its_figures_as_the_last_line() throws IOException {
    CommandRun run = demo(DemoTest::succeed);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().strip().lines()).hasSize(1);
    JsonObject json = json(run);
    assertThat(json.getAsJsonObject("tasks").toString())
        .isEqualTo("{\"total\":56,\"succeeded\":56,\"failed\":0}");
    assertThat(json.getAsJsonObject("queues").getAsJsonObject("PORTFOLIO_SYNC").toString())
        .isEqualTo("{\"tasks\":4,\"busy_seconds\":0.04,\"max_running\":1}");
    assertThat(json.getAsJsonObject("queues").keySet())
        .containsExactlyInAnyOrder("PORTFOLIO_SYNC", "DATA_FETCHER", "AI_ANALYSIS");
    assertThat(json.get("sum_busy_seconds").getAsDouble()).isEqualTo(0.56);
    assertThat(json.get("wall_seconds").getAsDouble()).isEqualTo(0.44);
    assertThat(json.getAsJsonArray("recommendations")).hasSize(1);
    assertThat(json.get("approved").getAsBoolean()).isTrue();
    assertThat(json.get("data_source").getAsString()).isEqualTo("sample");
    assertThat(json.getAsJsonObject("portfolio").get("total_pnl").getAsString()).isEqualTo("-3.25");
    assertThat(json.getAsJsonArray("news")).hasSize(2);
    assertThat(json.getAsJsonArray("news").get(0).toString()).contains("weighty", "0.9", "-0.5");
    assertThat(run.err()).contains("1000.50", "MOST AT ONCE", "weighty");
  }

  @Test
  void a_failed_task_ends_it_with_1_and_is_named() throws IOException {
    CommandRun run =
        demo(
            task ->
                task.getTaskType().equals("calculate_overnight_pnl")
                    ? task.toBuilder()
                        .setState(State.STATE_FAILED)
                        .setFailure(Failure.newBuilder().setCode("PRICE_MISSING"))
                        .build()
                    : succeed(task));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(json(run).getAsJsonObject("tasks").get("failed").getAsInt()).isEqualTo(1);
    assertThat(run.err()).contains("PRICE_MISSING");
  }

  @Test
  void two_at_once_in_one_queue_end_it_with_1() throws IOException {
    CommandRun run =
        demo(
            task ->
                task.getTaskType().equals("update_positions")
                    ? succeed(task).toBuilder().setStartTime(Timestamps.fromMillis(15)).build()
                    : succeed(task));
    assertThat(run.exitCode()).isEqualTo(1);
    JsonObject portfolio = json(run).getAsJsonObject("queues").getAsJsonObject("PORTFOLIO_SYNC");
    assertThat(portfolio.get("max_running").getAsInt()).isEqualTo(2);
  }

  @Test
  void data_for_a_server_that_already_runs_is_refused_with_the_way_out() {
    CommandRun run = CommandRun.of(Map.of(), "demo", "--server", "127.0.0.1:1", "--data", "x");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--trading-data");
  }

  @Test
  void without_its_home_it_says_what_to_do() {
    CommandRun run = CommandRun.of(Map.of(), "demo");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("TASKLANE_HOME", "./tasklane");
  }
}
