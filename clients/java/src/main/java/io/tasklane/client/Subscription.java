package io.tasklane.client;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.tasklane.v1.EventServiceGrpc;
import io.tasklane.v1.SubscribeEventsRequest;
import io.tasklane.v1.SubscribeEventsResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * An endless iterator of events, each once, also over broken connections and restarts. One thread
 * reads; any may close it, after which it has no next event.
 *
 * <p>A position is a resume token of the server, or one with "#" and how many matching events after
 * it are handled: the server gives a token for each batch only.
 */
public final class Subscription implements Iterator<Event>, AutoCloseable {
  private final EventServiceGrpc.EventServiceBlockingStub events;
  private final SubscribeEventsRequest first;
  private final Messages<SubscribeEventsResponse> messages;
  private final Deque<Event> received = new ArrayDeque<>();
  private String token;
  private int skip;

  Subscription(Connection connection, SubscribeEventsRequest request) {
    String[] position = request.getResumeToken().split("#");
    token = position[0];
    skip = position.length == 1 ? 0 : Integer.parseInt(position[1]);
    first = request;
    events = EventServiceGrpc.newBlockingStub(connection.channel());
    messages = new Messages<>(connection, this::open, true);
    // The first message says that the server listens: what happens from now on is not missed.
    take();
  }

  private Optional<Iterator<SubscribeEventsResponse>> open() {
    SubscribeEventsRequest.Builder request = first.toBuilder().setResumeToken(token);
    if (!token.isEmpty()) {
      request.clearStartTime();
    }
    return Optional.of(events.subscribeEvents(request.build()));
  }

  /** Waits for the next event; false only after it was closed. */
  @Override
  public boolean hasNext() {
    boolean open = true;
    while (received.isEmpty() && open) {
      open = take();
    }
    return !received.isEmpty();
  }

  @Override
  public Event next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the subscription is closed");
    }
    return received.remove();
  }

  private boolean take() {
    if (!messages.hasNext()) {
      return false;
    }
    SubscribeEventsResponse message = messages.next();
    List<io.tasklane.v1.Event> batch = message.getBatch().getEventsList();
    for (int i = skip; i < batch.size(); i++) {
      boolean last = i == batch.size() - 1;
      received.add(event(batch.get(i), last ? message.getResumeToken() : token + "#" + (i + 1)));
    }
    skip = Math.max(0, skip - batch.size());
    token = message.getResumeToken();
    return true;
  }

  private static Event event(io.tasklane.v1.Event event, String position) {
    String data = event.getData().getInline().toStringUtf8();
    JsonObject details =
        data.isEmpty() ? new JsonObject() : JsonParser.parseString(data).getAsJsonObject();
    return new Event(event.getEventType(), event.getSubject(), details, position, event);
  }

  /** Ends it, also while a thread waits in it. */
  @Override
  public void close() {
    messages.close();
  }
}
