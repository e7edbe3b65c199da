package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bench measures what it says, beside limits and a peer of the same run. How fast anything is,
 * is not asked here.
 */
@ExtendWith(SharedServer.class)
@OwnServers
class BenchIT {
  private static final Duration BOUND = Duration.ofMinutes(10);

  @Test
  void creating_is_measured_on_a_server_of_its_own_beside_limits_and_a_peer() throws Exception {
    JsonObject figures = measure("create");
    JsonObject row = row(figures, 0);
    assertThat(row.get("unit").getAsString()).isEqualTo("tasks/s");
    assertThat(row.getAsJsonObject("peer").get("name").getAsString()).contains("db-scheduler");
    assertComplete(figures, true);
    assertThat(row.get("name").getAsString()).endsWith(", with request_id");
    assertThat(row(figures, 1).get("name").getAsString()).endsWith(", without request_id");
    for (JsonElement each : figures.getAsJsonArray("measures")) {
      assertCosts(each.getAsJsonObject());
    }
    assertThat(figures.getAsJsonObject("details").keySet())
        .anyMatch(name -> name.startsWith("raw, before: PostgreSQL"))
        .anyMatch(name -> name.startsWith("raw, after: Artemis"));
  }

  @Test
  void a_chain_is_measured_a_hop_beside_what_one_commit_takes(RunningServer server)
      throws Exception {
    JsonObject figures = measure(on(server, "chain", "--length", "50"));
    assertComplete(figures, false);
    assertThat(row(figures, 0).get("name").getAsString()).isEqualTo("chain of 50, a hop");
    assertThat(figures.getAsJsonObject("details").get("chains").getAsInt()).isPositive();
  }

  @Test
  void workflows_are_measured_a_task_beside_what_one_commit_takes(RunningServer server)
      throws Exception {
    JsonObject figures = measure(on(server, "workflow", "--length", "20", "--members", "10,100"));
    List<String> names = new ArrayList<>();
    for (JsonElement each : figures.getAsJsonArray("measures")) {
      JsonObject row = each.getAsJsonObject();
      names.add(row.get("name").getAsString());
      assertThat(ours(row)).as(row.toString()).isPositive();
      assertRatio(row, "raw", "ratio_to_raw");
      assertThat(row.get("wal_bytes_a_task").getAsDouble()).as(row.toString()).isPositive();
    }
    assertThat(names)
        .containsExactly(
            "workflow, chain of 20, a task",
            "workflow, 1 to 10 to 1, a task",
            "workflow, 1 to 100 to 1, a task");
  }

  @Test
  void latency_tells_the_way_to_the_start_and_to_the_result(RunningServer server) throws Exception {
    JsonObject figures = measure(on(server, "latency"));
    assertComplete(figures, true);
    List<Double> all = new ArrayList<>();
    figures.getAsJsonArray("measures").forEach(row -> all.add(ours(row.getAsJsonObject())));
    assertThat(all).hasSize(8); // with request_id, and without
    for (List<Double> four : List.of(all.subList(0, 4), all.subList(4, 8))) {
      assertThat(four.get(0)).isLessThanOrEqualTo(four.get(1)); // start, p50 and p99
      assertThat(four.get(2)).isLessThanOrEqualTo(four.get(3)); // result, p50 and p99
      assertThat(four.get(0)).isLessThanOrEqualTo(four.get(2)); // a result comes after the start
    }
    assertThat(row(figures, 0).get("wal_bytes_a_task").getAsDouble()).isPositive();
  }

  @Test
  void a_fresh_server_is_measured_slice_by_slice() throws Exception {
    JsonObject figures = measure(2, "warm-up", "--slice", "1");
    List<String> names = new ArrayList<>();
    figures
        .getAsJsonArray("measures")
        .forEach(row -> names.add(row.getAsJsonObject().get("name").getAsString()));
    assertThat(names)
        .containsExactly(
            "seconds after the ready line 1: create rate",
            "seconds after the ready line 2: create rate",
            "seconds after the ready line 1: one-queue rate",
            "seconds after the ready line 2: one-queue rate");
    assertCosts(row(figures, 1));
    assertCosts(row(figures, 3));
  }

  @Test
  void growth_tells_every_figure_at_every_size(RunningServer server) throws Exception {
    JsonObject figures = measure(on(server, "growth", "--part", "subscribers", "--sizes", "2,120"));
    List<String> names = new ArrayList<>();
    for (JsonElement each : figures.getAsJsonArray("measures")) {
      JsonObject row = each.getAsJsonObject();
      assertThat(ours(row)).as(row.toString()).isPositive();
      names.add(row.get("name").getAsString());
    }
    assertThat(names)
        .containsExactly(
            "subscribers 2: single create rate",
            "subscribers 2: news to all, p50",
            "subscribers 2: events delivered",
            "subscribers 120: single create rate",
            "subscribers 120: news to all, p50",
            "subscribers 120: events delivered");
    assertRatio(row(figures, 0), "raw", "ratio_to_raw");
    assertThat(row(figures, 3).getAsJsonObject("raw").get("name").getAsString())
        .contains("PostgreSQL");
  }

  @Test
  void what_the_server_does_not_serve_is_refused_in_its_words(RunningServer server)
      throws Exception {
    List<String> words = new ArrayList<>(List.of("bench"));
    words.addAll(List.of(on(server, "one-queue", "--durability", "NONE")));
    CommandRun run = CommandRun.tasklane(BOUND, words.toArray(String[]::new));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--durability", "EACH").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create",
        "create-bulk",
        "one-queue",
        "all-queues --queues 3",
        "three-queues-5ms",
        "fan --width 20",
        "inversion --waiting 500",
        "growth --part queues --sizes 1,2",
        "growth --part waiting --sizes 1000"
      })
  @EnabledIfSystemProperty(
      named = "tasklane.bench.all",
      matches = "true",
      disabledReason = "takes some minutes; asked for with -Dtasklane.bench.all=true")
  void every_other_scenario_runs(String scenario, RunningServer server) throws Exception {
    JsonObject figures = measure(on(server, scenario.split(" ")));
    assertThat(figures.get("scenario").getAsString()).isEqualTo(scenario.split(" ")[0]);
    if (scenario.startsWith("growth")) { // has no goal
      assertThat(figures.getAsJsonArray("measures")).hasSizeGreaterThanOrEqualTo(2);
    } else if (!scenario.startsWith("inversion")) { // has no limit, and its best figure is 0
      assertComplete(figures, scenario.startsWith("create") || scenario.contains("-queue"));
    }
  }

  private static void assertComplete(JsonObject figures, boolean hasPeer) {
    assertThat(figures.getAsJsonObject("machine").get("cores").getAsInt()).isPositive();
    assertThat(figures.get("time").getAsString()).isNotEmpty();
    assertThat(figures.getAsJsonArray("measures")).isNotEmpty();
    for (JsonElement each : figures.getAsJsonArray("measures")) {
      JsonObject row = each.getAsJsonObject();
      assertThat(ours(row)).as(row.toString()).isPositive();
      assertThat(row.get("goal").getAsDouble()).as(row.toString()).isPositive();
      assertRatio(row, "raw", "ratio_to_raw");
      if (hasPeer) {
        assertRatio(row, "peer", "ratio_to_peer");
      }
    }
  }

  /** What a task cost is told of every process that has a part in it. */
  private static void assertCosts(JsonObject row) {
    assertThat(row.get("processor_ms_a_task").getAsDouble()).as(row.toString()).isPositive();
    assertThat(row.get("wal_bytes_a_task").getAsDouble()).as(row.toString()).isPositive();
    assertThat(row.getAsJsonObject("processor_ms_a_task_by_process").keySet())
        .contains("node", "postgres");
  }

  private static void assertRatio(JsonObject row, String other, String ratio) {
    double value = row.getAsJsonObject(other).get("value").getAsDouble();
    assertThat(value).as(row.toString()).isPositive();
    double expected = ours(row) / value;
    assertThat(row.get(ratio).getAsDouble())
        .as(row.toString())
        .isCloseTo(expected, within(0.01 * expected + 0.001)); // all three were rounded
  }

  private static double ours(JsonObject row) {
    return row.get("tasklane").getAsDouble();
  }

  private static JsonObject row(JsonObject figures, int number) {
    return figures.getAsJsonArray("measures").get(number).getAsJsonObject();
  }

  /** The words with which a scenario measures a server that runs. */
  private static String[] on(RunningServer server, String... scenario) throws Exception {
    List<String> words = new ArrayList<>(List.of(scenario));
    Path data = server.data();
    String port = Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(3).strip();
    String password = Files.readString(data.resolve("postgres.password")).strip();
    words.addAll(List.of("--server", server.grpc(), "--broker-url", "tcp://" + server.jms()));
    words.add("--database-url");
    words.add(
        "jdbc:postgresql://127.0.0.1:%s/tasklane?user=tasklane&password=%s"
            .formatted(port, password));
    return words.toArray(String[]::new);
  }

  private static JsonObject measure(String... scenario) throws Exception {
    return measure(1, scenario);
  }

  private static JsonObject measure(int seconds, String... scenario) throws Exception {
    List<String> words = new ArrayList<>(List.of("bench"));
    words.addAll(List.of(scenario));
    words.addAll(List.of("--json", "--seconds", Integer.toString(seconds)));
    CommandRun run = CommandRun.withServers(BOUND, words.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return JsonParser.parseString(run.lastLine()).getAsJsonObject();
  }
}
