package io.tasklane.system;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.tasklane.v1.Event;
import io.tasklane.v1.SubscribeEventsRequest;
import io.tasklane.v1.SubscribeEventsResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** Reads the event stream from a token, in as many pieces as a test wants. */
final class EventReader {
  private final Client client;
  private final List<Event> events = new ArrayList<>();
  private String token;

  EventReader(Client client, String token) {
    this.client = client;
    this.token = token;
  }

  /** Everything that was read, in the order in which it came. */
  List<Event> events() {
    return List.copyOf(events);
  }

  /** Reads messages of one new stream, after the last token, until one is enough. */
  EventReader readUntil(Predicate<List<Event>> enough) throws Exception {
    SubscribeEventsRequest request =
        SubscribeEventsRequest.newBuilder()
            .setFilter("event_type = \"task.state_changed\"")
            .setResumeToken(token)
            .build();
    CancellableContext context = Context.current().withCancellation();
    try {
      context.run(() -> read(client.events().subscribeEvents(request), enough));
    } finally {
      context.cancel(null);
    }
    return this;
  }

  private void read(Iterator<SubscribeEventsResponse> stream, Predicate<List<Event>> enough) {
    while (!enough.test(events) && stream.hasNext()) {
      SubscribeEventsResponse message = stream.next();
      events.addAll(message.getBatch().getEventsList());
      token = message.getResumeToken();
    }
  }

  /** The state that an event tells of, without prefix. */
  static String state(Event event) {
    JsonObject data =
        JsonParser.parseString(event.getData().getInline().toStringUtf8()).getAsJsonObject();
    return data.get("state").getAsString();
  }
}
