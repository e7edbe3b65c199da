package io.tasklane.grpc.event;

import static io.tasklane.grpc.TestTasks.moved;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import io.tasklane.event.LogEvent;
import io.tasklane.event.ResumeToken;
import io.tasklane.filter.EventFilter;
import io.tasklane.grpc.LogOfTest;
import io.tasklane.grpc.call.ReadMask;
import io.tasklane.grpc.stream.HandAlarm;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import io.tasklane.v1.SubscribeEventsResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventSourceTest {
  private final LogOfTest log = new LogOfTest();
  private final HandAlarm alarm = new HandAlarm();
  private final AtomicInteger wakes = new AtomicInteger();
  private final EventSource source =
      new EventSource(
          log,
          Optional.empty(),
          EventFilter.parse("subject = tasks/a"),
          new ReadMask<>(FieldMask.getDefaultInstance()),
          alarm,
          Duration.ofMinutes(30));

  @BeforeEach
  void open() {
    source.open(wakes::incrementAndGet);
  }

  @AfterEach
  void close() {
    source.close();
    assertThat(alarm.set()).as("no alarm is left").isZero();
    assertThat(log.readers()).as("no reader is left").isZero();
  }

  @Test
  void the_first_message_is_a_bookmark_with_the_position_it_begins_at() {
    SubscribeEventsResponse first = source.next().orElseThrow();

    assertThat(first.hasBookmark()).isTrue();
    assertThat(first.getResumeToken()).isEqualTo("g1.1000.0");
    assertThat(source.next()).isEmpty();
  }

  @Test
  void a_position_that_is_at_no_event_has_no_revision() {
    ResumeToken opened = new ResumeToken(LogOfTest.GENERATION, 1000, Long.MAX_VALUE);
    EventSource fromThere =
        new EventSource(
            log,
            Optional.of(opened),
            event -> true,
            new ReadMask<>(FieldMask.getDefaultInstance()),
            alarm,
            Duration.ofMinutes(30));
    fromThere.open(() -> {});

    SubscribeEventsResponse first = fromThere.next().orElseThrow();

    fromThere.close();
    assertThat(first.getBookmark().getRevision()).isZero();
    assertThat(first.getResumeToken()).isEqualTo(opened.encode());
  }

  @Test
  void events_come_in_batches_of_at_most_256_each_with_a_token_behind_it() {
    source.next();
    IntStream.rangeClosed(1, 300).forEach(i -> log.append(event("a", i)));

    SubscribeEventsResponse first = source.next().orElseThrow();
    SubscribeEventsResponse second = source.next().orElseThrow();

    assertThat(first.getBatch().getEventsCount()).isEqualTo(256);
    assertThat(first.getResumeToken()).isEqualTo("g1.1256.256");
    assertThat(second.getBatch().getEventsCount()).isEqualTo(44);
    assertThat(source.next()).isEmpty();
    assertThat(source.isDone()).isFalse();
  }

  @Test
  void a_silence_is_broken_by_a_bookmark_within_fifteen_seconds() {
    source.next();
    log.append(event("b", 5));
    assertThat(source.next()).as("nothing fits").isEmpty();
    int before = wakes.get();

    alarm.pass(Duration.ofSeconds(15));

    assertThat(wakes.get()).isGreaterThan(before);
    SubscribeEventsResponse bookmark = source.next().orElseThrow();
    assertThat(bookmark.hasBookmark()).isTrue();
    assertThat(bookmark.getBookmark().getRevision()).as("the position moved on").isEqualTo(5);
    assertThat(bookmark.getResumeToken()).isEqualTo("g1.1005.5");
    assertThat(source.next()).isEmpty();
  }

  @Test
  void a_busy_stream_gets_no_bookmarks() {
    source.next();
    for (int second = 1; second <= 60; second++) {
      log.append(event("a", second));
      assertThat(source.next().orElseThrow().hasBatch()).isTrue();
      alarm.pass(Duration.ofSeconds(1));
      assertThat(source.next()).isEmpty();
    }
  }

  @Test
  void at_the_end_of_its_life_it_leaves_a_token_to_go_on_from() {
    source.next();
    log.append(event("a", 1), event("a", 2));
    source.next();

    alarm.pass(Duration.ofMinutes(30));

    SubscribeEventsResponse last = source.next().orElseThrow();
    assertThat(last.hasBookmark()).isTrue();
    assertThat(last.getResumeToken()).isEqualTo("g1.1002.2");
    assertThat(source.next()).isEmpty();
    assertThat(source.isDone()).isTrue();
  }

  private static LogEvent event(String task, long revision) {
    return moved(task, revision, Move.CLAIM, TaskState.QUEUED, TaskState.RUNNING, 1);
  }
}
