package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.JsonFormat;
import io.tasklane.v1.Queue;
import io.tasklane.v1.QueueStats;
import io.tasklane.v1.WatchQueueStatsResponse;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The status stream over WebSocket, as a client that is no page sees it. */
@ExtendWith(SharedServer.class)
class LiveStreamIT {
  private static final long PATIENCE_SECONDS = 60;

  private static Listening connect(RunningServer server, String query, String... origin) {
    Listening listening = new Listening();
    WebSocket.Builder builder = Http.CLIENT.newWebSocketBuilder();
    if (origin.length > 0) {
      builder.header("Origin", origin[0]);
    }
    URI address = URI.create("ws://" + server.http() + "/ws/v1/queue-stats" + query);
    listening.socket = builder.buildAsync(address, listening).join();
    return listening;
  }

  @Test
  void each_message_is_a_response_of_WatchQueueStats_as_proto_json(RunningServer server)
      throws Exception {
    Listening live = connect(server, "?interval=0.2s&names=" + Client.AI);
    for (int i = 0; i < 3; i++) {
      WatchQueueStatsResponse figures = live.next();
      assertThat(figures.getStatsMap()).containsOnlyKeys(Client.AI);
      QueueStats stats = figures.getStatsOrThrow(Client.AI);
      assertThat(stats.getQueueState()).isEqualTo(Queue.State.STATE_ACTIVE);
    }
    live.socket.abort();
  }

  @Test
  void a_request_that_breaks_the_rules_is_refused_with_the_field_and_what_is_allowed(
      RunningServer server) throws Exception {
    assertThat(refusal(server, "?interval=0.01s", 400)).contains("interval");
    assertThat(refusal(server, "?interval=soon", 400)).contains("interval");
    assertThat(refusal(server, "?names=AI", 400)).contains("names[0]");
  }

  @Test
  void a_queue_that_does_not_exist_is_told_as_such(RunningServer server) throws Exception {
    assertThat(refusal(server, "?names=queues/NO_SUCH", 404)).contains("NO_SUCH");
  }

  /** The words are those of a plain request; the handshake ends with the same status. */
  private static String refusal(RunningServer server, String query, int status) throws Exception {
    assertThatThrownBy(() -> connect(server, query))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(status));
    var answer = Http.get(server, "/ws/v1/queue-stats" + query);
    assertThat(answer.statusCode()).isEqualTo(status);
    return answer.body();
  }

  @Test
  void a_page_of_another_site_gets_no_stream_and_one_of_this_server_does(RunningServer server)
      throws Exception {
    assertThatThrownBy(() -> connect(server, "", "http://evil.example"))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(403));
    Listening live = connect(server, "", "http://" + server.http());
    assertThat(live.next().getStatsMap()).hasSizeGreaterThanOrEqualTo(3);
    live.socket.abort();
  }

  @Test
  void pages_may_load_from_this_server_alone(RunningServer server) throws Exception {
    var page = Http.get(server, "/");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(Http.get(server, "/", "Origin", "http://evil.example").statusCode()).isEqualTo(403);
  }

  /** Keeps what comes. */
  private static final class Listening implements WebSocket.Listener {
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;

    WatchQueueStatsResponse next() throws Exception {
      String json = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(json).as("a message; the end: %s", ended).isNotNull();
      WatchQueueStatsResponse.Builder message = WatchQueueStatsResponse.newBuilder();
      JsonFormat.parser().merge(json, message);
      return message.build();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      partial.append(text);
      if (last) {
        messages.add(partial.toString());
        partial.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      ended.complete(code + " " + reason);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable fault) {
      ended.completeExceptionally(fault);
    }
  }
}
