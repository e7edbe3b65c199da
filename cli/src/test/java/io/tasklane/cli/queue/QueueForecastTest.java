package io.tasklane.cli.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import io.tasklane.cli.CommandRun;
import io.tasklane.cli.FakeServer;
import io.tasklane.v1.SimulateQueueRequest;
import io.tasklane.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of queues, on the command line. */
class QueueForecastTest {
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    server = FakeServer.start(task -> task);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandRun run(String... args) {
    return CommandRun.of(Map.of("TASKLANE_SERVER", server.address()), args);
  }

  @Test
  void a_simulation_is_asked_for_as_given_and_told_in_words() {
    CommandRun run =
        run(
            "queue",
            "simulate",
            "Q",
            "--concurrency",
            "2",
            "--arrivals-factor",
            "1.5",
            "--rate-limit",
            "none",
            "--horizon",
            "2h",
            "--target-wait",
            "1s");
    assertThat(run.exitCode()).as(run.err()).isZero();
    SimulateQueueRequest asked = (SimulateQueueRequest) server.changes.get(0);
    assertThat(asked.getName()).isEqualTo("queues/Q");
    assertThat(asked.getConcurrency()).isEqualTo(2);
    assertThat(asked.getArrivalRateFactor()).isEqualTo(1.5);
    assertThat(asked.getWithoutRateLimit()).isTrue();
    assertThat(asked.getHorizon()).isEqualTo(Durations.fromHours(2));
    assertThat(asked.getTargetWait()).isEqualTo(Durations.fromSeconds(1));
    assertThat(run.out().lines())
        .startsWith(
            "with concurrency 2, over 3600.000s: 60 tasks come, and 50 % of the slots are taken",
            "half of them wait up to 0.500s, 90 % up to 2.000s, 95 % up to 3.000s",
            "proposal: concurrency 4, with which 90 % wait up to 1.000s",
            "TIME                  WAITING",
            "1970-01-01T00:05:00Z  10")
        .endsWith("1970-01-01T01:00:00Z  120")
        .hasSize(16);
  }

  @Test
  void a_simulation_without_options_keeps_the_settings_of_the_queue() {
    CommandRun run = run("queue", "simulate", "Q");
    assertThat(run.out()).doesNotContain("proposal");
    SimulateQueueRequest asked = (SimulateQueueRequest) server.changes.get(0);
    assertThat(asked.getConcurrency()).isZero();
    assertThat(asked.hasRateLimit()).isFalse();
    assertThat(asked.getWithoutRateLimit()).isFalse();
    assertThat(asked.hasTargetWait()).isFalse();
  }

  @Test
  void a_queue_of_which_too_little_is_known_has_no_figures() {
    assertThat(run("queue", "simulate", "UNKNOWN").out())
        .isEqualTo("nothing can be said: only 3 runs of this queue are known\n");
  }

  @Test
  void the_figures_of_queues_say_when_they_are_empty() {
    server.put(Task.newBuilder().setName("tasks/1").setQueue("queues/KNOWN").build());
    server.put(Task.newBuilder().setName("tasks/2").setQueue("queues/NEW").build());
    CommandRun run = run("queue", "stats");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines().toList().get(0)).endsWith("EMPTY P50             EMPTY P90");
    assertThat(run.out())
        .contains("2027-01-15T08:00:00Z  2027-01-15T08:01:00Z")
        .contains("NEW is empty at an unknown time: only 3 runs of this queue are known\n");
    assertThat(run("queue", "stats", "-o", "json").out()).contains("\"emptyTimeP90\"");
  }

  @Test
  void every_command_of_the_page_is_accepted() throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of("../docs/operations.md")).stream()
            .filter(line -> line.matches("tasklane queue (stats|simulate) .*"))
            .toList();
    assertThat(lines).hasSizeGreaterThanOrEqualTo(3);
    for (String line : lines) {
      CommandRun run = run(line.substring("tasklane ".length()).split(" "));
      assertThat(run.exitCode()).as(line + ": " + run.err()).isZero();
    }
    assertThat(server.changes).hasSize(lines.size() - 1);
  }
}
