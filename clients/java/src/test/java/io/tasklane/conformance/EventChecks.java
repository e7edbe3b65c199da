package io.tasklane.conformance;

import static io.tasklane.conformance.TaskChecks.FETCHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import io.grpc.Status;
import io.tasklane.client.Event;
import io.tasklane.client.Subscription;
import io.tasklane.client.TasklaneClient;
import io.tasklane.client.TasklaneException;
import io.tasklane.conformance.Conformance.Check;
import io.tasklane.v1.Payload;
import io.tasklane.v1.SubscribeEventsRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Events, facts and artifacts. */
final class EventChecks {
  private static final String TYPE = "conformance.event";
  private final Caller caller;

  EventChecks(Caller caller) {
    this.caller = caller;
  }

  Map<String, Check> all() {
    return Map.of(
        "event.once", EventChecks::once,
        "event.listen", EventChecks::listen,
        "event.cut", this::cut,
        "event.position", EventChecks::position,
        "event.refused", EventChecks::refused,
        "event.close", EventChecks::close,
        "fact.value", EventChecks::fact,
        "artifact.bytes", EventChecks::artifact);
  }

  private static void once(TasklaneClient client) {
    io.tasklane.v1.Event.Builder event =
        io.tasklane.v1.Event.newBuilder()
            .setEventType(TYPE)
            .setSubject(subject())
            .setEventId(TaskChecks.run())
            .setData(Payload.newBuilder().setInline(ByteString.copyFromUtf8("{\"n\":1}")));
    assertThat(client.publish(event)).isEqualTo(client.publish(event));
  }

  private static void listen(TasklaneClient client) {
    String subject = subject();
    try (Subscription events = client.subscribe(filter(subject))) {
      client.publish(TYPE, subject, Map.of("symbol", "AAPL", "price", 1.5));
      Event event = events.next();
      assertThat(event.type()).isEqualTo(TYPE);
      assertThat(event.subject()).isEqualTo(subject);
      assertThat(event.data())
          .isEqualTo(JsonParser.parseString("{\"symbol\":\"AAPL\",\"price\":1.5}"));
    }
  }

  private void cut(TasklaneClient client) {
    String subject = subject();
    List<Integer> seen = new ArrayList<>();
    try (Subscription events = client.subscribe(filter(subject))) {
      for (int n = 0; n < 60; n++) {
        client.publish(TYPE, subject, Map.of("n", n));
        if (n % 15 == 7) {
          caller.cut();
        }
        if (n % 20 == 19) {
          take(events, 20).forEach(event -> seen.add(number(event)));
        }
      }
    }
    assertThat(seen).isEqualTo(numbers(0, 60));
  }

  private static void position(TasklaneClient client) {
    String subject = subject();
    List<Event> seen = new ArrayList<>();
    try (Subscription events = client.subscribe(filter(subject))) {
      numbers(0, 8).forEach(n -> client.publish(TYPE, subject, Map.of("n", n)));
      seen.addAll(take(events, 8));
    }
    // From the beginning all of them are one batch, whose events have no token of their own.
    SubscribeEventsRequest.Builder request =
        SubscribeEventsRequest.newBuilder()
            .setFilter(filter(subject))
            .setStartTime(Timestamps.fromMillis(System.currentTimeMillis() - 600_000));
    try (Subscription events = client.subscribe(request)) {
      seen.addAll(take(events, 8));
    }
    for (Event event : seen) {
      List<Integer> expected = numbers(number(event) + 1, 8);
      try (Subscription rest =
          client.subscribe(request.clearStartTime().setResumeToken(event.position()))) {
        assertThat(take(rest, expected.size())).extracting(EventChecks::number).isEqualTo(expected);
      }
    }
  }

  private static void refused(TasklaneClient client) {
    TasklaneException error =
        catchThrowableOfType(TasklaneException.class, () -> client.subscribe("colour = red"));
    assertThat(error.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(error.reason()).isEqualTo("FILTER");
  }

  private static void close(TasklaneClient client) {
    Subscription events = client.subscribe(filter(subject()));
    Caller.after(300, events::close);
    assertThat(events.hasNext()).isFalse();
  }

  private static void fact(TasklaneClient client) {
    String name = "conformance_" + TaskChecks.run().replace("-", "");
    JsonElement value =
        JsonParser.parseString("{\"open\":true,\"symbols\":[\"AAPL\",null],\"price\":1.5}");
    client.facts().set(name, value);
    assertThat(client.facts().get(name)).isEqualTo(value);
    client.facts().delete(name);
    TasklaneException error =
        catchThrowableOfType(TasklaneException.class, () -> client.facts().get(name));
    assertThat(error.reason()).isEqualTo("FACT_NOT_FOUND");
  }

  private static void artifact(TasklaneClient client) {
    byte[] bytes = new byte[640_000];
    new Random().nextBytes(bytes);
    Payload payload = client.upload(bytes, "application/octet-stream");
    assertThat(client.download(payload)).isEqualTo(bytes);
    assertThat(client.run(FETCHER, "system.echo", payload, byte[].class)).isEqualTo(bytes);
  }

  private static List<Event> take(Subscription events, int count) {
    return Stream.generate(events::next).limit(count).toList();
  }

  private static int number(Event event) {
    return event.data().get("n").getAsInt();
  }

  private static List<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private static String subject() {
    return "conformance/" + TaskChecks.run();
  }

  private static String filter(String subject) {
    return "subject = \"" + subject + "\"";
  }
}
