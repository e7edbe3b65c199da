package io.tasklane.grpc.event;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static io.tasklane.grpc.ApiOfTest.detail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.RetryInfo;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.v1.Event;
import io.tasklane.v1.EventServiceGrpc;
import io.tasklane.v1.Payload;
import io.tasklane.v1.PublishEventsRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventPublishTest {
  private static final String SHA =
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  private ApiOfTest api;
  private EventServiceGrpc.EventServiceBlockingStub events;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
    events = EventServiceGrpc.newBlockingStub(api.channel);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void events_are_published_in_their_order_and_answered_with_their_revisions() {
    PublishEventsRequest request =
        PublishEventsRequest.newBuilder()
            .setRequestId("r1")
            .addEvents(event("market.news").setEventId("n-1").setData(json("{\"a\":1}")))
            .addEvents(event("market.news"))
            .build();

    assertThat(events.publishEvents(request).getRevisionsList()).containsExactly(41L, 42L);

    assertThat(api.log.published.get(0).eventId()).contains("n-1");
    assertThat(api.log.published.get(0).publication().data().text()).isEqualTo("{\"a\":1}");
    assertThat(api.log.published.get(1).eventId()).isEmpty();
    assertThat(api.log.published.get(1).publication().data().text()).isEqualTo("{}");
    assertThat(api.log.changes.get(0).requestId()).contains("r1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "event_type: 'news' | INVALID_FIELD | event_type",
        "event_type: '' | INVALID_FIELD | event_type",
        "event_type: 'Market.news' | INVALID_FIELD | event_type",
        "event_type: 'task.state_changed' | EVENT_TYPE_RESERVED | event_type",
        "event_type: 'dead_letter.added' | EVENT_TYPE_RESERVED | event_type",
        "subject: '' | INVALID_FIELD | subject",
        "event_id: 'ä' | INVALID_FIELD | event_id",
        "data { content_type: 'text/csv' } | INVALID_FIELD | data",
        "data { reference { uri: 'artifacts/"
            + SHA
            + "' sha256: '"
            + SHA
            + "' } } | INVALID_FIELD | data",
      })
  void an_event_that_may_not_be_published_is_named_with_its_field(
      String set, String reason, String field) throws TextFormat.ParseException {
    Event.Builder wrong = event("market.news");
    TextFormat.merge(set.replace('\'', '"'), wrong);
    assertRefused(thirdIs(wrong), reason, "events[2]." + field);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 501})
  void a_call_publishes_1_to_500(int count) {
    PublishEventsRequest request =
        PublishEventsRequest.newBuilder()
            .addAllEvents(Collections.nCopies(count, event("market.news").build()))
            .build();
    assertRefused(request, "INVALID_FIELD", "events");
  }

  @Test
  void data_over_256_kib_are_too_large() {
    Payload large = Payload.newBuilder().setInline(ByteString.copyFrom(new byte[262_145])).build();
    assertRefused(
        thirdIs(event("market.news").setData(large)), "PAYLOAD_TOO_LARGE", "events[2].data.inline");
  }

  @Test
  void what_the_application_refuses_keeps_its_reason() {
    api.log.refusal =
        Optional.of(Refusal.invalid(RefusalReason.REQUEST_ID_REUSED, "request_id", "used before"));
    assertRefused(thirdIs(event("market.news")), "REQUEST_ID_REUSED", "request_id");
  }

  @Test
  void a_database_that_is_away_is_worth_another_try() {
    api.log.refusal =
        Optional.of(
            Refusal.of(Refusal.Sort.UNAVAILABLE, RefusalReason.DATABASE_UNAVAILABLE, "", "away"));
    Throwable error = catchThrowable(() -> events.publishEvents(thirdIs(event("market.news"))));
    assertThat(codeAndReason(error)).isEqualTo("UNAVAILABLE DATABASE_UNAVAILABLE");
    assertThat(detail(error, RetryInfo.class)).isPresent();
  }

  private void assertRefused(PublishEventsRequest request, String reason, String field) {
    Throwable error = catchThrowable(() -> events.publishEvents(request));
    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT " + reason);
    assertThat(detail(error, BadRequest.class).orElseThrow().getFieldViolations(0).getField())
        .isEqualTo(field);
    assertThat(api.log.published).isEmpty();
  }

  private static PublishEventsRequest thirdIs(Event.Builder event) {
    return PublishEventsRequest.newBuilder()
        .addEvents(event("market.news"))
        .addEvents(event("market.news"))
        .addEvents(event)
        .build();
  }

  private static Event.Builder event(String type) {
    return Event.newBuilder().setEventType(type).setSubject("symbols/AAPL");
  }

  private static Payload json(String text) {
    return Payload.newBuilder().setInline(ByteString.copyFromUtf8(text)).build();
  }
}
