package io.tasklane.cli.demo;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.tasklane.cli.command.Connection;
import io.tasklane.v1.Event;
import io.tasklane.v1.EventServiceGrpc;
import io.tasklane.v1.SubscribeEventsRequest;
import io.tasklane.v1.SubscribeEventsResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The server's event stream from a token on, without gaps: a stream that ends is taken up again
 * where it ended. Where the server no longer has that place, it goes on from now, and whoever reads
 * must look at its tasks itself, as it does anyhow when nothing comes.
 */
final class EventFeed implements AutoCloseable {
  private static final String STATE_CHANGED = "task.state_changed";
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final Connection connection;
  private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
  private final CancellableContext context = Context.current().withCancellation();
  private final Thread thread = new Thread(context.wrap(this::follow), "events");
  private volatile String token;
  private volatile RuntimeException refusal;

  /**
   * Starts to read.
   *
   * @param token of a list or an earlier stream; empty means from now
   */
  EventFeed(Connection connection, String token) {
    this.connection = connection;
    this.token = token;
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Waits for the next change.
   *
   * @return empty if none came in time
   * @throws RuntimeException if the server refuses the stream for good, or sends what cannot be
   *     read
   */
  Optional<Change> next(Duration patience) throws InterruptedException {
    if (refusal != null) {
      throw refusal;
    }
    return Optional.ofNullable(changes.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
  }

  @Override
  public void close() {
    context.cancel(null);
    thread.interrupt();
  }

  private void follow() {
    while (!context.isCancelled() && refusal == null) {
      try {
        read();
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
      } catch (StatusRuntimeException e) {
        judge(e);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        refusal = e;
      }
    }
  }

  private void read() throws InterruptedException {
    try {
      SubscribeEventsRequest request =
          SubscribeEventsRequest.newBuilder()
              .setFilter("event_type = \"" + STATE_CHANGED + "\"")
              .setResumeToken(token)
              .build();
      Iterator<SubscribeEventsResponse> stream =
          connection.streams(EventServiceGrpc::newBlockingStub).subscribeEvents(request);
      while (stream.hasNext()) {
        take(stream.next());
      }
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Code.UNAVAILABLE) {
        throw e;
      }
      // The next round takes it up again with the token, after a pause.
    }
  }

  private void take(SubscribeEventsResponse response) {
    for (Event event : response.getBatch().getEventsList()) {
      if (event.getEventType().equals(STATE_CHANGED)) {
        changes.add(change(event));
      }
    }
    token = response.getResumeToken();
  }

  private static Change change(Event event) {
    String text = event.getData().getInline().toStringUtf8();
    JsonObject data = JsonParser.parseString(text).getAsJsonObject();
    return new Change(
        event.getSubject(),
        NewsDigests.text(data, "previous_state"),
        data.get("state").getAsString(),
        TaskCalls.instant(event.getEventTime()));
  }

  private void judge(StatusRuntimeException error) {
    if (context.isCancelled()) {
      return;
    }
    if (error.getStatus().getCode() == Code.OUT_OF_RANGE && !token.isEmpty()) {
      token = "";
      return;
    }
    refusal = error;
  }
}
