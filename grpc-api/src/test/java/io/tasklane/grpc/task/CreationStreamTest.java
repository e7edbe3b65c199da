package io.tasklane.grpc.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.tasklane.api.Refusal;
import io.tasklane.grpc.stream.HandAlarm;
import io.tasklane.v1.Payload;
import io.tasklane.v1.StreamCreateTasksRequest;
import io.tasklane.v1.StreamCreateTasksResponse;
import io.tasklane.v1.StreamCreateTasksResult;
import io.tasklane.v1.Task;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How much a stream of creations asks for, and how it ends. */
class CreationStreamTest {
  private final Deque<CompletableFuture<StreamCreateTasksResult>> made = new ArrayDeque<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final HandAlarm alarm = new HandAlarm();
  private final CreationStream stream =
      new CreationStream(
          (element, before) -> {
            made.add(new CompletableFuture<>());
            return made.getLast();
          },
          asked::addAndGet,
          alarm,
          Duration.ofMinutes(30));

  @BeforeEach
  void open() {
    stream.open(() -> {});
  }

  private void send(int bytes) {
    Task task =
        Task.newBuilder()
            .setInput(Payload.newBuilder().setInline(ByteString.copyFrom(new byte[bytes])))
            .build();
    StreamCreateTasksRequest.Builder request = StreamCreateTasksRequest.newBuilder();
    request.getRequestBuilder().setTask(task);
    asked.decrementAndGet();
    stream.onNext(request.build());
  }

  private void done() {
    made.remove().complete(StreamCreateTasksResult.getDefaultInstance());
  }

  @Test
  void few_are_asked_for_at_a_time_and_more_when_half_of_them_have_come() {
    assertThat(asked).hasValue(64);
    for (int i = 0; i < 31; i++) {
      send(1);
    }
    assertThat(asked).hasValue(33);
    send(1);
    assertThat(asked).hasValue(64);
  }

  @Test
  void large_elements_are_few() {
    int came = 0;
    while (asked.get() > 0) {
      send(256 * 1024);
      came++;
    }
    assertThat(came).as("4 MiB, and those that were asked for").isBetween(16, 16 + 1 + 64);
    done();
    assertThat(stream.next()).isPresent();
    assertThat(asked).as("still over 4 MiB").hasValue(0);
    while (asked.get() == 0) {
      done();
      stream.next();
    }
    assertThat(made).as("under way when it asks again").hasSizeLessThanOrEqualTo(16);
  }

  @Test
  void an_old_stream_asks_for_nothing_more_and_ends_once_everything_is_acknowledged() {
    send(1);
    int before = asked.get();
    alarm.pass(Duration.ofMinutes(30));
    assertThat(stream.next()).as("one is not acknowledged yet").isEmpty();
    for (int i = 0; i < 63; i++) {
      send(1);
    }
    assertThat(asked).as("those on their way were taken").hasValue(before - 63);
    for (int i = 0; i < 64; i++) {
      done();
    }
    assertThat(stream.next().map(StreamCreateTasksResponse::getResultsCount)).contains(64);
    assertThatThrownBy(stream::next).isInstanceOf(Refusal.class).hasMessageContaining("30 minutes");
    stream.close();
  }

  @Test
  void a_closed_stream_hands_in_nothing_and_sets_no_alarm() {
    stream.close();
    send(1);
    assertThat(made).isEmpty();
    assertThat(alarm.set()).isZero();
  }
}
