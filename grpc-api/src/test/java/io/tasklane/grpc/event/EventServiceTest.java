package io.tasklane.grpc.event;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static io.tasklane.grpc.ApiOfTest.detail;
import static io.tasklane.grpc.TestTasks.moved;
import static io.tasklane.grpc.TestTasks.progressed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.TextFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.grpc.TestTasks;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import io.tasklane.v1.Event;
import io.tasklane.v1.EventServiceGrpc;
import io.tasklane.v1.SubscribeEventsRequest;
import io.tasklane.v1.SubscribeEventsResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class EventServiceTest {
  private ApiOfTest api;
  private EventServiceGrpc.EventServiceBlockingStub events;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
    events = EventServiceGrpc.newBlockingStub(api.channel).withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_subscription_from_a_token_replays_what_came_after_it_and_stays_live() {
    api.log.append(started("a", 1), started("b", 2), progressed("a", 3, 5));

    Iterator<SubscribeEventsResponse> stream =
        subscribe("resume_token: 'g1.1001.1' filter: 'subject = tasks/a'");
    SubscribeEventsResponse first = stream.next();
    SubscribeEventsResponse replayed = stream.next();
    api.log.append(started("a", 4));
    SubscribeEventsResponse live = stream.next();

    assertThat(first.getResumeToken()).isEqualTo("g1.1001.1");
    assertThat(replayed.getBatch().getEventsList())
        .extracting(Event::getRevision)
        .containsExactly(3L);
    assertThat(live.getBatch().getEvents(0).getRevision()).isEqualTo(4);
    assertThat(live.getResumeToken()).isEqualTo("g1.1004.4");
  }

  @Test
  void a_subscription_from_a_time_begins_with_the_first_event_of_that_time() {
    api.log.append(started("a", 1), started("b", 2), started("c", 3));
    Instant second = TestTasks.STARTED.plusMillis(2);

    assertThat(subscribeFrom(second).next().getBatch().getEventsList())
        .extracting(Event::getRevision)
        .containsExactly(2L, 3L);
    assertThat(subscribeFrom(second.plusNanos(1_000)).next().getBatch().getEventsList())
        .extracting(Event::getRevision)
        .containsExactly(3L);
  }

  /** Without the bookmark that every stream begins with. */
  private Iterator<SubscribeEventsResponse> subscribeFrom(Instant time) {
    Iterator<SubscribeEventsResponse> stream =
        events.subscribeEvents(
            SubscribeEventsRequest.newBuilder().setStartTime(WireTime.of(time)).build());
    assertThat(stream.next().hasBookmark()).isTrue();
    return stream;
  }

  @Test
  void an_event_is_told_with_its_data_as_json() {
    Iterator<SubscribeEventsResponse> stream = subscribe("");
    stream.next();
    api.log.append(progressed("a", 3, 5));

    Event event = stream.next().getBatch().getEvents(0);

    assertThat(event.getEventType()).isEqualTo("task.progress");
    assertThat(event.getSubject()).isEqualTo("tasks/a");
    assertThat(event.getActor().getPrincipal()).isEqualTo("nodes/n1");
    assertThat(event.getData().getContentType()).isEqualTo("application/json");
    assertThat(event.getData().getInline().toStringUtf8()).contains("\"completed_units\":5");
    assertThat(event.hasEventTime()).isTrue();
  }

  @Test
  void a_read_mask_leaves_out_what_it_does_not_name() {
    Iterator<SubscribeEventsResponse> stream = subscribe("read_mask { paths: 'event_type' }");
    stream.next();
    api.log.append(started("a", 3));

    assertThat(stream.next().getBatch().getEvents(0))
        .isEqualTo(Event.newBuilder().setEventType("task.state_changed").build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "resume_token: 'nonsense' | RESUME_TOKEN | resume_token",
        "resume_token: 'g1.5' | RESUME_TOKEN | resume_token",
        "resume_token: 'g1.a.b' | RESUME_TOKEN | resume_token",
        "resume_token: 'other.1001.1' | TOKEN_UNKNOWN | resume_token",
        "filter: 'colour = red' | FILTER | filter",
        "filter: 'queue = data_fetcher' | FILTER | filter",
        "resume_token: 'g1.1001.1' start_time { seconds: 9 } | INVALID_FIELD | start_time",
        "start_time { seconds: 9999999999999 } | INVALID_FIELD | start_time",
        "send_snapshot: true | FIELD_NOT_SERVED | send_snapshot",
        "read_mask { paths: 'colour' } | INVALID_FIELD | read_mask.paths[0]",
      })
  void a_subscription_that_cannot_be_served_names_the_field(
      String set, String reason, String field) {
    Throwable error = catchThrowable(() -> subscribe(set).next());

    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT " + reason);
    assertThat(detail(error, BadRequest.class).orElseThrow().getFieldViolations(0).getField())
        .isEqualTo(field);
  }

  @Test
  void a_filter_and_a_token_have_their_longest() {
    for (String set :
        List.of("filter: '" + "x".repeat(1025) + "'", "resume_token: '" + "x".repeat(257) + "'")) {
      Throwable error = catchThrowable(() -> subscribe(set).next());
      assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    }
  }

  @Test
  void a_server_that_stops_ends_a_subscription_in_words() {
    Iterator<SubscribeEventsResponse> stream = subscribe("");
    stream.next();
    api.open.closeAll();
    assertThat(codeAndReason(catchThrowable(stream::next))).isEqualTo("UNAVAILABLE STREAM_CLOSED");
  }

  @Test
  void a_token_that_is_too_old_is_out_of_range_and_the_oldest_valid_one_is_named() {
    Throwable error = catchThrowable(() -> subscribe("resume_token: 'g1.5.5'").next());

    assertThat(codeAndReason(error)).isEqualTo("OUT_OF_RANGE TOKEN_COMPACTED");
    assertThat(error).hasMessageContaining("g1.1000.0");
    assertThat(detail(error, ErrorInfo.class).orElseThrow().getMetadataMap())
        .containsEntry("oldest_token", "g1.1000.0");
  }

  private Iterator<SubscribeEventsResponse> subscribe(String set) {
    SubscribeEventsRequest.Builder request = SubscribeEventsRequest.newBuilder();
    try {
      TextFormat.merge(set.replace('\'', '"'), request);
    } catch (TextFormat.ParseException wrongTest) {
      throw new AssertionError(wrongTest);
    }
    return events.subscribeEvents(request.build());
  }

  private static io.tasklane.event.LogEvent started(String task, long revision) {
    return moved(task, revision, Move.CLAIM, TaskState.QUEUED, TaskState.RUNNING, 1);
  }
}
