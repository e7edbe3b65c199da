package io.tasklane.grpc.guard;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.rpc.RetryInfo;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.grpc.TestTasks;
import io.tasklane.v1.EventServiceGrpc;
import io.tasklane.v1.ListQueuesRequest;
import io.tasklane.v1.ListQueuesResponse;
import io.tasklane.v1.PauseQueueRequest;
import io.tasklane.v1.PauseQueueResponse;
import io.tasklane.v1.QueueServiceGrpc;
import io.tasklane.v1.QueueServiceGrpc.QueueServiceFutureStub;
import io.tasklane.v1.SubscribeEventsRequest;
import io.tasklane.v1.SubscribeEventsResponse;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What callers are told whose calls hang because the database is away. */
class OutageInterceptorTest {
  private static final long LONGER_THAN_PATIENCE =
      OutageInterceptor.PATIENCE.plusSeconds(1).toMillis();

  private final CountDownLatch hold = new CountDownLatch(1);
  private ApiOfTest api;
  private QueueServiceFutureStub queues;

  @BeforeEach
  void hang() throws IOException {
    api = new ApiOfTest();
    api.queues.hold = hold;
    queues = QueueServiceGrpc.newFutureStub(api.channel).withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    hold.countDown();
    api.close();
  }

  private ListenableFuture<ListQueuesResponse> list() {
    return queues.listQueues(ListQueuesRequest.getDefaultInstance());
  }

  private ListenableFuture<PauseQueueResponse> pause(String requestId) {
    return queues.pauseQueue(
        PauseQueueRequest.newBuilder()
            .setName("queues/DATA_FETCHER")
            .setRequestId(requestId)
            .build());
  }

  private static Throwable failure(Future<?> call) {
    return catchThrowable(() -> call.get(30, TimeUnit.SECONDS)).getCause();
  }

  @Test
  void while_the_database_is_away_what_can_be_repeated_is_answered() throws Exception {
    api.system.databaseIsThere = false;
    Future<?> read = list();
    Future<?> change = pause("f2b7c1de-0a52-4c11-9d0c-6a9d2f4f7a01");
    Future<PauseQueueResponse> unrepeatable = pause("");
    Throwable away = failure(read);
    assertThat(codeAndReason(away)).isEqualTo("UNAVAILABLE DATABASE_UNAVAILABLE");
    assertThat(away).hasMessageContaining("has not answered for 5 s");
    assertThat(ApiOfTest.detail(away, RetryInfo.class)).isPresent();
    assertThat(codeAndReason(failure(change))).isEqualTo("UNAVAILABLE DATABASE_UNAVAILABLE");
    Thread.sleep(1000);
    assertThat(unrepeatable.isDone()).as("nobody could repeat it safely").isFalse();
    hold.countDown();
    assertThat(unrepeatable.get(30, TimeUnit.SECONDS).hasQueue()).isTrue();
    assertThat(list().get(30, TimeUnit.SECONDS).getQueuesCount()).isEqualTo(3);
  }

  @Test
  void while_the_database_is_away_a_stream_that_sends_nothing_ends_and_reads_are_given_up()
      throws Exception {
    Iterator<SubscribeEventsResponse> stream =
        EventServiceGrpc.newBlockingStub(api.channel)
            .withDeadlineAfter(60, TimeUnit.SECONDS)
            .subscribeEvents(SubscribeEventsRequest.getDefaultInstance());
    assertThat(stream.next().getResumeToken()).isNotEmpty();
    assertThat(api.system.givenUp.getCount()).as("it is there").isOne();
    api.system.databaseIsThere = false;
    Throwable away = catchThrowable(stream::next);
    assertThat(codeAndReason(away)).isEqualTo("UNAVAILABLE DATABASE_UNAVAILABLE");
    assertThat(away).hasMessageContaining("with its last token");
    assertThat(api.system.givenUp.await(30, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < 300 && api.open.count() > 0; i++) {
      Thread.sleep(100);
    }
    assertThat(api.open.count()).as("whoever serves it has stopped").isZero();
  }

  @Test
  void while_the_database_is_away_a_stream_that_still_sends_goes_on() throws Exception {
    Iterator<SubscribeEventsResponse> stream =
        EventServiceGrpc.newBlockingStub(api.channel)
            .withDeadlineAfter(60, TimeUnit.SECONDS)
            .subscribeEvents(SubscribeEventsRequest.getDefaultInstance());
    stream.next();
    api.system.databaseIsThere = false;
    long begin = System.nanoTime();
    for (int seq = 1; millisSince(begin) < LONGER_THAN_PATIENCE; seq++) {
      api.log.append(TestTasks.progressed("c1", seq, 1));
      assertThat(stream.next().getBatch().getEventsCount()).as("after %d", seq).isPositive();
      Thread.sleep(100);
    }
  }

  private static long millisSince(long begin) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
  }

  @Test
  void while_it_is_there_a_stream_that_sends_nothing_is_left_alone() {
    Iterator<SubscribeEventsResponse> stream =
        EventServiceGrpc.newBlockingStub(api.channel)
            .withDeadlineAfter(LONGER_THAN_PATIENCE, TimeUnit.MILLISECONDS)
            .subscribeEvents(SubscribeEventsRequest.getDefaultInstance());
    stream.next();
    assertThatThrownBy(stream::next).hasMessageContaining("DEADLINE_EXCEEDED");
  }

  @Test
  void while_it_is_there_a_slow_call_is_left_alone() throws Exception {
    Future<ListQueuesResponse> slow = list();
    assertThatThrownBy(() -> slow.get(LONGER_THAN_PATIENCE, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    hold.countDown();
    assertThat(slow.get(30, TimeUnit.SECONDS).getQueuesCount()).isEqualTo(3);
  }
}
