package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.v1.CreateQueueRequest;
import io.tasklane.v1.DeleteQueueRequest;
import io.tasklane.v1.RetryPolicy;
import io.tasklane.v1.Task;
import io.tasklane.v1.WatchQueueStatsRequest;
import java.io.File;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The figures that a monitoring system collects. */
@ExtendWith(SharedServer.class)
class MetricsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String QUEUE = "queue=\"PORTFOLIO_SYNC\"";
  private static final String SUCCEEDED =
      "tasklane_tasks_ended_total{" + QUEUE + ",state=\"SUCCEEDED\"}";
  private static final String FAILED = "tasklane_tasks_ended_total{" + QUEUE + ",state=\"FAILED\"}";
  private static final String RETRIES = "tasklane_task_retries_total{" + QUEUE + "}";
  private static final String CREATED = "tasklane_tasks_created_total{" + QUEUE + "}";
  private static final String RUNS = "tasklane_task_run_seconds_count{" + QUEUE + "}";
  private static final String WAITS = "tasklane_task_wait_seconds_count{" + QUEUE + "}";
  private static final String EVENTS = "tasklane_events_appended_total";
  private static final String COMMITS = "tasklane_commits_total";

  @TempDir Path folder;

  private static Exposition metrics(RunningServer server) throws Exception {
    HttpResponse<String> answer = Http.get(server, "/prometheus");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    return Exposition.read(answer.body());
  }

  @Test
  void what_was_done_is_counted_exactly(RunningServer server, Client client) throws Exception {
    Exposition before = metrics(server);
    List<Task.Builder> tasks = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      tasks.add(Client.task(Client.PORTFOLIO, "system.noop", "{}"));
    }
    RetryPolicy thrice = RetryPolicy.newBuilder().setMaximumAttempts(3).build();
    tasks.add(Client.task(Client.PORTFOLIO, "system.fail", "{}").setRetryPolicy(thrice));
    client.createAll(tasks).forEach(client::end);

    Exposition after = awaitValue(server, FAILED, before.value(FAILED) + 1);
    assertThat(after.value(SUCCEEDED) - before.value(SUCCEEDED)).isEqualTo(7);
    assertThat(after.value(CREATED) - before.value(CREATED)).isEqualTo(8);
    assertThat(after.value(RETRIES) - before.value(RETRIES)).isEqualTo(2);
    assertThat(after.value(RUNS) - before.value(RUNS)).isEqualTo(10);
    assertThat(after.value(WAITS) - before.value(WAITS)).isEqualTo(10);
    // 8 created, 10 claims, 7 successes, 2 retries and their 2 releases, 1 failure
    assertThat(after.value(EVENTS) - before.value(EVENTS)).isGreaterThanOrEqualTo(30);
    assertThat(after.value(COMMITS)).isGreaterThan(before.value(COMMITS));
    assertThat(after.value("tasklane_commit_batch_size_count"))
        .isGreaterThanOrEqualTo(after.value(COMMITS));
  }

  @Test
  void what_waits_is_told_by_queue_and_by_priority_and_the_queue_says_that_it_is_paused(
      RunningServer server, Client client) throws Exception {
    client.pause(Client.PORTFOLIO);
    List<Task> waiting = new ArrayList<>();
    try {
      waiting.add(client.create(urgent(9)));
      waiting.add(client.create(urgent(9)));
      waiting.add(client.create(urgent(2)));
      Exposition metrics = awaitValue(server, "tasklane_tasks_queued{" + QUEUE + "}", 3);
      assertThat(byPriority(metrics, 9)).isEqualTo(2);
      assertThat(byPriority(metrics, 2)).isEqualTo(1);
      assertThat(byPriority(metrics, 5)).isZero();
      awaitValue(server, "tasklane_queue_state{" + QUEUE + ",state=\"PAUSED\"}", 1);
    } finally {
      client.resume(Client.PORTFOLIO);
    }
    waiting.forEach(client::end);
    awaitValue(server, "tasklane_tasks_queued{" + QUEUE + "}", 0);
    awaitValue(server, "tasklane_queue_state{" + QUEUE + ",state=\"ACTIVE\"}", 1);
  }

  private static Task.Builder urgent(int priority) {
    return Client.task(Client.PORTFOLIO, "system.noop", "{}").setPriority(priority);
  }

  private static double byPriority(Exposition metrics, int priority) {
    return metrics.value(
        "tasklane_tasks_queued_by_priority{priority=\"" + priority + "\"," + QUEUE + "}");
  }

  @Test
  void an_open_stream_is_counted_and_the_parts_are_up(RunningServer server, Client client)
      throws Exception {
    var stream = client.queues().watchQueueStats(WatchQueueStatsRequest.getDefaultInstance());
    stream.next();
    Exposition metrics = metrics(server);
    assertThat(metrics.value("tasklane_grpc_streams_open")).isPositive();
    for (String part : List.of("broker", "database", "event-log", "grpc", "node-lease", "queues")) {
      awaitValue(server, "tasklane_component_up{component=\"" + part + "\"}", 1);
    }
    assertThat(metrics.value("tasklane_node_lease_held")).isOne();
    assertThat(metrics.value("tasklane_event_tail_lag_seconds")).isBetween(0.0, 60.0);
    assertThat(metrics.types()).containsEntry("tasklane_task_lease_losses_total", "counter");
  }

  @Test
  void promtool_has_nothing_to_say_against_the_metrics_where_it_is_installed(RunningServer server)
      throws Exception {
    String text = Http.get(server, "/prometheus").body();
    Exposition.read(text);
    Optional<Path> promtool =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .map(place -> Path.of(place, "promtool"))
            .filter(Files::isExecutable)
            .findFirst();
    if (promtool.isPresent()) {
      Path file = Files.writeString(folder.resolve("metrics"), text);
      Process check =
          new ProcessBuilder(promtool.get().toString(), "check", "metrics")
              .redirectInput(file.toFile())
              .redirectErrorStream(true)
              .start();
      String said = new String(check.getInputStream().readAllBytes());
      assertThat(check.waitFor()).as(said).isZero();
      assertThat(said).isBlank();
    }
  }

  @Test
  void who_asks_for_open_metrics_gets_them(RunningServer server) throws Exception {
    HttpResponse<String> answer =
        Http.get(server, "/prometheus", "Accept", "application/openmetrics-text; version=1.0.0");
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/openmetrics-text");
    assertThat(answer.body()).endsWith("# EOF\n");
  }

  @Test
  void micro_profile_shows_the_same_counters(RunningServer server, Client client) throws Exception {
    client.end(client.create(Client.task(Client.PORTFOLIO, "system.noop", "{}")));
    double ended = metrics(server).value(SUCCEEDED);
    long end = System.nanoTime() + PATIENCE.toNanos();
    String wanted = "state=\"SUCCEEDED\"} " + ended;
    String body = "";
    while (System.nanoTime() < end) {
      body = Http.get(server, "/metrics?scope=application").body();
      if (body.lines()
          .anyMatch(
              l ->
                  l.contains(QUEUE)
                      && l.startsWith("tasklane_tasks_ended_total")
                      && l.endsWith(wanted))) {
        return;
      }
      Thread.sleep(200);
    }
    assertThat(body).contains(wanted);
  }

  @Test
  void a_series_stands_once_on_each_page_and_a_deleted_queue_has_none(
      RunningServer server, Client client) throws Exception {
    String id = "GONE_FROM_METRICS";
    client.queues().createQueue(CreateQueueRequest.newBuilder().setQueueId(id).build());
    client.end(client.create(Client.task("queues/" + id, "system.noop", "{}")));
    for (String page : List.of("/prometheus", "/metrics")) {
      awaitSeries(server, page, id, true);
      assertThat(series(server, page)).doesNotHaveDuplicates().hasSizeGreaterThan(50);
    }
    client.queues().deleteQueue(DeleteQueueRequest.newBuilder().setName("queues/" + id).build());
    for (String page : List.of("/prometheus", "/metrics")) {
      awaitSeries(server, page, id, false);
    }
  }

  private static List<String> series(RunningServer server, String page) throws Exception {
    return Http.get(server, page)
        .body()
        .lines()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .map(line -> line.substring(0, line.lastIndexOf(' ')))
        .toList();
  }

  private static void awaitSeries(RunningServer server, String page, String queue, boolean there)
      throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<String> ofQueue = List.of();
    do {
      ofQueue = series(server, page).stream().filter(line -> line.contains(queue)).toList();
      Thread.sleep(200);
    } while (ofQueue.isEmpty() == there && System.nanoTime() < end);
    assertThat(ofQueue).as(page).matches(lines -> lines.isEmpty() != there);
  }

  private static Exposition awaitValue(RunningServer server, String series, double wanted)
      throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Exposition metrics = metrics(server);
    while (metrics.value(series) != wanted && System.nanoTime() < end) {
      Thread.sleep(100);
      metrics = metrics(server);
    }
    assertThat(metrics.value(series)).as(series).isEqualTo(wanted);
    return metrics;
  }
}
