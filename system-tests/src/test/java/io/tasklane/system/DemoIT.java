package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The main job, as a user runs it. */
@ExtendWith(SharedServer.class)
class DemoIT {
  private static final Duration BOUND = Duration.ofMinutes(10);
  private static final int SYMBOLS = 81;
  private static final int PORTFOLIO_TASKS = 4;

  private static JsonObject good(CommandRun run) {
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    JsonObject json = JsonParser.parseString(run.lastLine()).getAsJsonObject();
    JsonObject tasks = json.getAsJsonObject("tasks");
    assertThat(tasks.get("succeeded")).isEqualTo(tasks.get("total"));
    assertThat(tasks.get("failed").getAsInt()).isZero();
    JsonObject queues = json.getAsJsonObject("queues");
    assertThat(queues.keySet())
        .containsExactlyInAnyOrder("PORTFOLIO_SYNC", "DATA_FETCHER", "AI_ANALYSIS");
    assertThat(queues.entrySet())
        .allMatch(queue -> queue.getValue().getAsJsonObject().get("max_running").getAsInt() == 1);
    assertThat(json.get("wall_seconds").getAsDouble()).isPositive();
    assertThat(json.get("sum_busy_seconds").getAsDouble()).isPositive();
    return json;
  }

  private static int tasks(JsonObject json, String queue) {
    return json.getAsJsonObject("queues").getAsJsonObject(queue).get("tasks").getAsInt();
  }

  @Test
  void the_demo_on_the_sample_runs_all_symbols_to_their_end(RunningServer server) throws Exception {
    JsonObject json = good(CommandRun.tasklane(BOUND, "demo", "--json", "--server", server.grpc()));
    assertThat(json.get("data_source").getAsString()).isEqualTo("sample");
    assertThat(tasks(json, "PORTFOLIO_SYNC")).isEqualTo(PORTFOLIO_TASKS);
    assertThat(tasks(json, "DATA_FETCHER")).isEqualTo(SYMBOLS / 9);
    assertThat(tasks(json, "AI_ANALYSIS")).isGreaterThanOrEqualTo((SYMBOLS + 1) / 2);
    assertThat(json.getAsJsonArray("recommendations"))
        .allMatch(each -> each.getAsJsonObject().has("symbol"))
        .allMatch(each -> each.getAsJsonObject().has("action"));
  }

  @ParameterizedTest
  @CsvSource({
    "sequential, each queue began after the one before it had ended",
    "parallel, AI_ANALYSIS     2 tasks",
    "conditional, tell",
    "event-driven, publishing market.news about AAPL"
  })
  void each_mode_runs_its_shipped_template_to_its_end(
      String mode, String shown, RunningServer server) throws Exception {
    CommandRun run = CommandRun.tasklane(BOUND, "demo", "--mode", mode, "--server", server.grpc());
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("stored workflowTemplates/" + mode, shown, "SUCCEEDED");
  }

  @Test
  void the_demo_knows_the_symbols_that_the_sample_tracks() throws IOException {
    Path sample = Home.folder().resolve("trading/src/main/resources/io/tasklane/trading/sample");
    Path demo = Home.folder().resolve("cli/src/main/resources/io/tasklane/cli/demo");
    List<String> tracked =
        Files.readAllLines(sample.resolve("symbols.csv")).stream()
            .skip(1)
            .map(row -> row.split(",", 2)[0])
            .toList();
    assertThat(Files.readAllLines(demo.resolve("tracked-symbols.txt"))).isEqualTo(tracked);
  }

  @Test
  void the_demo_on_the_users_own_files_starts_its_own_server_and_says_where_the_data_is_from()
      throws Exception {
    Path files = Home.folder().resolve("trading/src/test/resources/example");
    JsonObject json =
        good(CommandRun.withServers(BOUND, "demo", "--json", "--data", files.toString()));
    assertThat(json.get("data_source").getAsString()).isEqualTo("files");
    assertThat(json.getAsJsonObject("portfolio").get("total_value")).isNotNull();
    assertThat(json.getAsJsonObject("portfolio").get("total_pnl")).isNotNull();
  }
}
