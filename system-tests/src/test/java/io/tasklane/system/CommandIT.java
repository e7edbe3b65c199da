package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The command, and a client of another language that knows only what the server tells. */
@ExtendWith(SharedServer.class)
class CommandIT {
  private static final Duration BOUND = Duration.ofMinutes(2);

  @Test
  void the_command_creates_a_task_and_waits_for_its_result(RunningServer server) throws Exception {
    CommandRun run =
        CommandRun.tasklane(
            BOUND,
            "task",
            "create",
            "DATA_FETCHER",
            "system.echo",
            "--input",
            "{\"day\":\"Monday\"}",
            "--wait",
            "-o",
            "json",
            "--server",
            server.grpc());
    assertThat(run.exitCode()).as(run.err()).isZero();
    var result = JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonObject("result");
    assertThat(result.getAsJsonObject("inline").get("day").getAsString()).isEqualTo("Monday");
  }

  @Test
  void a_refusal_reads_as_a_line_that_names_the_field(RunningServer server) throws Exception {
    CommandRun run =
        CommandRun.tasklane(
            BOUND,
            "task",
            "create",
            "DATA_FETCHER",
            "system.noop",
            "--id",
            "no id",
            "--server",
            server.grpc());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("INVALID_FIELD", "task_id").doesNotContain("\tat ");
  }

  @Test
  void lists_and_figures_of_the_command_show_what_is_there(RunningServer server) throws Exception {
    CommandRun queues = CommandRun.tasklane(BOUND, "queue", "list", "--server", server.grpc());
    assertThat(queues.out()).contains("PORTFOLIO_SYNC", "DATA_FETCHER", "AI_ANALYSIS", "ACTIVE");
    CommandRun stats = CommandRun.tasklane(BOUND, "queue", "stats", "--server", server.grpc());
    assertThat(stats.out()).contains("PORTFOLIO_SYNC", "DATA_FETCHER", "AI_ANALYSIS");
    CommandRun tasks =
        CommandRun.tasklane(
            BOUND,
            "task",
            "list",
            "--queue",
            "DATA_FETCHER",
            "--state",
            "SUCCEEDED",
            "--type",
            "system.echo",
            "--server",
            server.grpc());
    assertThat(tasks.exitCode()).as(tasks.err()).isZero();
  }

  @Test
  void a_foreign_client_creates_and_watches_a_task_by_reflection(RunningServer server)
      throws Exception {
    List<String> words =
        List.of(
            "node",
            Home.node().resolve("client.mjs").toString(),
            server.grpc(),
            Client.DATA,
            "{\"from\":\"node\"}");
    CommandRun run = CommandRun.of(BOUND, words);
    assertThat(run.exitCode()).as(run.err()).isZero();
    var told = JsonParser.parseString(run.lastLine()).getAsJsonObject();
    assertThat(told.getAsJsonObject("result").get("from").getAsString()).isEqualTo("node");
    var seen = told.getAsJsonArray("seen");
    assertThat(seen.get(seen.size() - 1).getAsString()).isEqualTo("STATE_SUCCEEDED");
    assertThat(told.get("name").getAsString()).startsWith("tasks/");
  }
}
