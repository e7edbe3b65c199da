package io.tasklane.grpc.event;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static io.tasklane.grpc.ApiOfTest.detail;
import static io.tasklane.grpc.TestTasks.progressed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.FieldMask;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.event.ResumeToken;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.v1.Event;
import io.tasklane.v1.EventServiceGrpc;
import io.tasklane.v1.ListEventsRequest;
import io.tasklane.v1.ListEventsResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventListTest {
  private ApiOfTest api;
  private EventServiceGrpc.EventServiceBlockingStub events;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
    events = EventServiceGrpc.newBlockingStub(api.channel);
    for (int i = 1; i <= 5; i++) {
      api.log.append(progressed(i % 2 == 0 ? "even" : "odd", i, i));
    }
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_list_ends_at_the_moment_of_its_first_page_with_the_token_to_go_on_from() {
    ListEventsResponse first = events.listEvents(page("", "", 2));
    api.log.append(progressed("late", 6, 6));
    ListEventsResponse second = events.listEvents(page(first.getNextPageToken(), "", 2));
    ListEventsResponse third = events.listEvents(page(second.getNextPageToken(), "", 2));

    assertThat(first.getEventsList()).extracting(Event::getRevision).containsExactly(1L, 2L);
    assertThat(first.getResumeToken()).isEqualTo("g1.1002.2");
    assertThat(second.getEventsList()).extracting(Event::getRevision).containsExactly(3L, 4L);
    assertThat(third.getEventsList()).extracting(Event::getRevision).containsExactly(5L);
    assertThat(third.getNextPageToken()).isEmpty();
    assertThat(third.getResumeToken()).as("before the late one").isEqualTo("g1.1005.5");
  }

  @Test
  void a_list_of_the_newest_first_ends_with_the_oldest_and_keeps_the_token_of_its_beginning() {
    ListEventsRequest request = page("", "", 3).toBuilder().setOrderBy("event_time desc").build();
    ListEventsResponse first = events.listEvents(request);
    api.log.append(progressed("late", 6, 6));
    ListEventsResponse second =
        events.listEvents(request.toBuilder().setPageToken(first.getNextPageToken()).build());

    assertThat(first.getEventsList()).extracting(Event::getRevision).containsExactly(5L, 4L, 3L);
    assertThat(second.getEventsList()).extracting(Event::getRevision).containsExactly(2L, 1L);
    assertThat(second.getNextPageToken()).isEmpty();
    assertThat(first.getResumeToken()).isEqualTo("g1.1005.5");
    assertThat(second.getResumeToken()).as("before the late one").isEqualTo("g1.1005.5");
    assertRefused(page(first.getNextPageToken(), "", 3), "PAGE_TOKEN", "page_token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"event_time asc", "revision", "create_time desc"})
  void an_order_that_is_not_served_is_refused(String order) {
    assertRefused(page("", "", 1).toBuilder().setOrderBy(order).build(), "ORDER_BY", "order_by");
  }

  @Test
  void a_list_shows_what_its_filter_and_its_mask_let_through() {
    ListEventsResponse all =
        events.listEvents(
            page("", "subject = tasks/even", 0).toBuilder()
                .setReadMask(FieldMask.newBuilder().addPaths("subject"))
                .build());
    assertThat(all.getEventsList())
        .containsOnly(Event.newBuilder().setSubject("tasks/even").build())
        .hasSize(2);
  }

  @Test
  void a_page_token_belongs_to_its_filter() {
    String token = events.listEvents(page("", "", 1)).getNextPageToken();
    assertRefused(page(token, "subject = tasks/even", 1), "PAGE_TOKEN", "page_token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "!", ""})
  void a_page_token_that_is_none_is_refused(String content) {
    String token = events.listEvents(page("", "", 1)).getNextPageToken();
    String scope =
        new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).substring(0, 8);
    String forged =
        Base64.getUrlEncoder().encodeToString((scope + content).getBytes(StandardCharsets.UTF_8));
    assertRefused(page(forged, "", 1), "PAGE_TOKEN", "page_token");
    assertRefused(page("x" + content, "", 1), "PAGE_TOKEN", "page_token");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "colour = red | 0 | FILTER | filter",
        "subject | 0 | FILTER | filter",
        "state = BUSY | 0 | FILTER | filter",
        "queue = data_fetcher | 0 | FILTER | filter",
        "subject < 3 | 0 | FILTER | filter",
        "'' | 501 | INVALID_FIELD | page_size",
        "'queue:' | 0 | FILTER | filter",
        "'' | -1 | INVALID_FIELD | page_size",
      })
  void a_list_that_cannot_be_served_names_the_field(
      String filter, int size, String reason, String field) {
    assertRefused(page("", filter, size), reason, field);
  }

  @Test
  void a_mask_names_fields_of_an_event() {
    FieldMask mask = FieldMask.newBuilder().addPaths("colour").build();
    ListEventsRequest request = ListEventsRequest.newBuilder().setReadMask(mask).build();
    assertRefused(request, "INVALID_FIELD", "read_mask.paths[0]");
  }

  @Test
  void a_page_of_another_cluster_is_refused() {
    api.log.refusal =
        Optional.of(
            Refusal.invalid(RefusalReason.TOKEN_UNKNOWN, "page_token", "of another cluster"));
    assertRefused(page("", "", 1), "TOKEN_UNKNOWN", "page_token");
  }

  @Test
  void a_page_that_was_compacted_meanwhile_is_out_of_range_and_names_the_oldest_token() {
    api.log.refusal =
        Optional.of(Refusal.compacted(new ResumeToken("g1", 5, 5), new ResumeToken("g1", 1000, 0)));
    Throwable error = catchThrowable(() -> events.listEvents(page("", "", 1)));
    assertThat(codeAndReason(error)).isEqualTo("OUT_OF_RANGE TOKEN_COMPACTED");
    assertThat(error).hasMessageContaining("g1.5.5").hasMessageContaining("g1.1000.0");
    assertThat(detail(error, ErrorInfo.class).orElseThrow().getMetadataMap())
        .containsEntry("oldest_token", "g1.1000.0");
  }

  private void assertRefused(ListEventsRequest request, String reason, String field) {
    Throwable error = catchThrowable(() -> events.listEvents(request));
    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT " + reason);
    assertThat(detail(error, BadRequest.class).orElseThrow().getFieldViolations(0).getField())
        .isEqualTo(field);
  }

  private static ListEventsRequest page(String token, String filter, int size) {
    return ListEventsRequest.newBuilder()
        .setPageToken(token)
        .setFilter(filter)
        .setPageSize(size)
        .build();
  }
}
