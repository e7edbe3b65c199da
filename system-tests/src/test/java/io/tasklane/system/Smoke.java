package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.tasklane.v1.Dependency;
import io.tasklane.v1.Task;
import io.tasklane.v1.Task.State;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What every packaging of the application has to pass: each part of it once, so that a module or a
 * library that is not there, or not found, shows.
 */
interface Smoke {
  /** A client of the server under test. */
  Client client();

  /** Its HTTP, "HOST:PORT". */
  String http();

  @Test
  default void it_is_ready_and_says_so_over_http_and_grpc() throws Exception {
    HttpResponse<String> ready = awaitOver("/health/ready", "\"status\":\"UP\",\"checks\"");
    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.body())
        .contains("broker", "database", "event-log", "grpc", "node-lease", "AI_ANALYSIS");
    ServingStatus served =
        HealthGrpc.newBlockingStub(client().channel())
            .withDeadlineAfter(60, TimeUnit.SECONDS)
            .check(HealthCheckRequest.getDefaultInstance())
            .getStatus();
    assertThat(served).isEqualTo(ServingStatus.SERVING);
  }

  @Test
  default void a_task_runs_its_result_is_kept_and_handed_to_the_task_that_needs_it() {
    Task first = client().create(Client.task(Client.DATA, "system.echo", "{\"symbol\":\"INFY\"}"));
    Dependency need =
        Dependency.newBuilder().setTask(first.getName()).setInputKey("fetched").build();
    Task second =
        client().create(Client.task(Client.AI, "system.echo", "{}").addDependencies(need));
    Task ended = client().end(second);
    assertThat(ended.getState()).isEqualTo(State.STATE_SUCCEEDED);
    assertThat(ended.getResult().getInline().toStringUtf8().replace(" ", ""))
        .isEqualTo("{\"fetched\":{\"symbol\":\"INFY\"}}");
  }

  @Test
  default void an_attempt_that_fails_is_tried_again() {
    Task task = client().create(Client.task(Client.PORTFOLIO, "system.fail", "{\"times\":1}"));
    Task ended = client().end(task);
    assertThat(ended.getState()).isEqualTo(State.STATE_SUCCEEDED);
    assertThat(ended.getAttempt()).isEqualTo(2);
  }

  @Test
  default void a_handler_of_the_trading_queues_works_on_its_sample_data() {
    Task news =
        client().create(Client.task(Client.DATA, "news_monitoring", "{\"symbols\":[\"AAPL\"]}"));
    Task ended = client().end(news);
    assertThat(ended.getState()).as("%s", ended).isEqualTo(State.STATE_SUCCEEDED);
    assertThat(ended.getResult().getInline().toStringUtf8()).contains("AAPL");
  }

  @Test
  default void the_page_its_stream_and_both_forms_of_metrics_are_served() throws Exception {
    assertThat(Http.get(http(), "/").body()).contains("<title>Tasklane</title>");
    assertThat(firstFigures()).contains("PORTFOLIO_SYNC", "DATA_FETCHER", "AI_ANALYSIS");
    awaitOver("/prometheus", "tasklane_tasks_queued{queue=\"AI_ANALYSIS\"}");
    awaitOver("/metrics", "tasklane_");
  }

  private HttpResponse<String> awaitOver(String path, String words) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (true) {
      HttpResponse<String> answer = Http.get(http(), path);
      if (answer.body().contains(words)) {
        return answer;
      }
      assertThat(System.nanoTime()).as("%s has %s: %s", path, words, answer.body()).isLessThan(end);
      Thread.sleep(200);
    }
  }

  private String firstFigures() throws Exception {
    CompletableFuture<String> message = new CompletableFuture<>();
    StringBuilder partial = new StringBuilder();
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            partial.append(text);
            if (last) {
              message.complete(partial.toString());
            }
            from.request(1);
            return null;
          }

          @Override
          public void onError(WebSocket from, Throwable fault) {
            message.completeExceptionally(fault);
          }
        };
    WebSocket socket =
        Http.CLIENT
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws://" + http() + "/ws/v1/queue-stats"), listener)
            .get(60, TimeUnit.SECONDS);
    try {
      return message.get(60, TimeUnit.SECONDS);
    } finally {
      socket.abort();
    }
  }
}
