package io.tasklane.system;

import static io.tasklane.system.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import io.tasklane.event.ResumeToken;
import io.tasklane.v1.Event;
import io.tasklane.v1.ListEventsRequest;
import io.tasklane.v1.Payload;
import io.tasklane.v1.PayloadReference;
import io.tasklane.v1.PublishEventsRequest;
import io.tasklane.v1.SubscribeEventsRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each refusal of the calls about events. */
@ExtendWith(SharedServer.class)
class EventPromisesIT {
  private static final String BAD = "INVALID_ARGUMENT ";

  private static Event.Builder event(String type) {
    return Event.newBuilder().setEventType(type).setSubject("symbols/AAPL");
  }

  private static PublishEventsRequest publication(Event.Builder event) {
    return PublishEventsRequest.newBuilder().addEvents(event).build();
  }

  @Test
  void of_publishing(Client client) {
    refusedPublication(client, "INVALID_FIELD", event("market"));
    refusedPublication(client, "INVALID_FIELD", event("market.news").setData(Client.json("[]")));
    refusedPublication(client, "EVENT_TYPE_RESERVED", event("task.state_changed"));
    String large = "{\"t\":\"" + "x".repeat(256 * 1024) + "\"}";
    refusedPublication(
        client, "PAYLOAD_TOO_LARGE", event("market.news").setData(Client.json(large)));
    String hash = "0123456789abcdef".repeat(4);
    PayloadReference reference =
        PayloadReference.newBuilder().setUri("artifacts/" + hash).setSha256(hash).build();
    refusedPublication(
        client,
        "INVALID_FIELD",
        event("market.news").setData(Payload.newBuilder().setReference(reference)));
    PublishEventsRequest once =
        publication(event("market.news")).toBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .build();
    client.events().publishEvents(once);
    PublishEventsRequest other = once.toBuilder().addEvents(event("market.news")).build();
    refused(BAD + "REQUEST_ID_REUSED", () -> client.events().publishEvents(other));
  }

  private static void refusedPublication(Client client, String reason, Event.Builder event) {
    refused(BAD + reason, () -> client.events().publishEvents(publication(event)));
  }

  @Test
  void of_lists(Client client) {
    client.events().publishEvents(publication(event("market.news")));
    client.events().publishEvents(publication(event("market.news")));
    ListEventsRequest two = ListEventsRequest.newBuilder().setPageSize(1).build();
    String token = client.events().listEvents(two).getNextPageToken();
    assertThat(token).isNotEmpty();
    refusedList(client, "INVALID_FIELD", two.toBuilder().setPageSize(501));
    refusedList(
        client,
        "INVALID_FIELD",
        two.toBuilder().setReadMask(FieldMask.newBuilder().addPaths("colour")));
    refusedList(client, "PAGE_TOKEN", two.toBuilder().setPageToken("x"));
    refusedList(
        client, "PAGE_TOKEN", two.toBuilder().setPageToken(token).setFilter("state = QUEUED"));
    for (String filter :
        List.of("state", "colour = red", "subject > a", "queue = \"open", "queue = a")) {
      refusedList(client, "FILTER", two.toBuilder().setFilter(filter));
    }
    refusedList(client, "ORDER_BY", two.toBuilder().setOrderBy("priority"));
    refusedList(client, "TOKEN_UNKNOWN", two.toBuilder().setPageToken(ofAnotherCluster(token)));
  }

  /** As the token is made of: what binds it to its list, and two positions. */
  private static String ofAnotherCluster(String token) {
    String content = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    String foreign =
        content.substring(0, 8)
            + "elsewhere."
            + content.substring(content.indexOf('.') + 1, content.indexOf(' ') + 1)
            + "elsewhere."
            + content.substring(content.indexOf('.', content.indexOf(' ')) + 1);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(foreign.getBytes(StandardCharsets.UTF_8));
  }

  private static void refusedList(Client client, String reason, ListEventsRequest.Builder list) {
    refused(BAD + reason, () -> client.events().listEvents(list.build()));
  }

  @Test
  void of_a_subscription(Client client) {
    SubscribeEventsRequest plain = SubscribeEventsRequest.getDefaultInstance();
    refusedStream(client, "FIELD_NOT_SERVED", plain.toBuilder().setSendSnapshot(true));
    refusedStream(
        client,
        "INVALID_FIELD",
        plain.toBuilder().setReadMask(FieldMask.newBuilder().addPaths("colour")));
    refusedStream(client, "FILTER", plain.toBuilder().setFilter("colour = red"));
    refusedStream(client, "RESUME_TOKEN", plain.toBuilder().setResumeToken("x"));
    String foreign = new ResumeToken("elsewhere", 1, 1).encode();
    refusedStream(client, "TOKEN_UNKNOWN", plain.toBuilder().setResumeToken(foreign));
  }

  private static void refusedStream(
      Client client, String reason, SubscribeEventsRequest.Builder request) {
    refused(BAD + reason, () -> client.events().subscribeEvents(request.build()).next());
  }
}
