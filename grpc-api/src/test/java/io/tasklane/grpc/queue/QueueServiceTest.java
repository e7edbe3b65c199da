package io.tasklane.grpc.queue;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.v1.Actor;
import io.tasklane.v1.GetQueueRequest;
import io.tasklane.v1.GetQueueStatsRequest;
import io.tasklane.v1.ListQueuesRequest;
import io.tasklane.v1.ListQueuesResponse;
import io.tasklane.v1.PauseQueueRequest;
import io.tasklane.v1.Queue;
import io.tasklane.v1.QueueServiceGrpc;
import io.tasklane.v1.QueueStats;
import io.tasklane.v1.ResumeQueueRequest;
import io.tasklane.v1.WatchQueueStatsRequest;
import io.tasklane.v1.WatchQueueStatsResponse;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class QueueServiceTest {
  private ApiOfTest api;
  private QueueServiceGrpc.QueueServiceBlockingStub queues;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
    queues = QueueServiceGrpc.newBlockingStub(api.channel).withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_queue_is_shown_as_it_stands() {
    Queue queue =
        queues
            .getQueue(GetQueueRequest.newBuilder().setName("queues/DATA_FETCHER").build())
            .getQueue();

    assertThat(queue.getName()).isEqualTo("queues/DATA_FETCHER");
    assertThat(queue.getState()).isEqualTo(Queue.State.STATE_ACTIVE);
    assertThat(queue.getConcurrency()).isEqualTo(1);
    assertThat(queue.getDefaultRetryPolicy().getMaximumAttempts()).isEqualTo(4);
    assertThat(queue.getOwnerNode()).isEqualTo("n1");
    assertThat(queue.getEtag()).isEqualTo("\"3\"");
    assertThat(queue.hasPauseTime()).isFalse();
  }

  @Test
  void an_unknown_queue_is_not_found() {
    Throwable error =
        catchThrowable(
            () -> queues.getQueue(GetQueueRequest.newBuilder().setName("queues/NONE").build()));

    assertThat(codeAndReason(error)).isEqualTo("NOT_FOUND QUEUE_NOT_FOUND");
  }

  @Test
  void queues_are_listed_page_by_page() {
    ListQueuesResponse first =
        queues.listQueues(ListQueuesRequest.newBuilder().setPageSize(2).build());
    ListQueuesResponse second =
        queues.listQueues(
            ListQueuesRequest.newBuilder()
                .setPageSize(2)
                .setPageToken(first.getNextPageToken())
                .build());

    assertThat(first.getQueuesList())
        .extracting(Queue::getName)
        .containsExactly("queues/AI_ANALYSIS", "queues/DATA_FETCHER");
    assertThat(second.getQueuesList())
        .extracting(Queue::getName)
        .containsExactly("queues/PORTFOLIO_SYNC");
    assertThat(second.getNextPageToken()).isEmpty();
  }

  @Test
  void a_pause_tells_who_and_why() {
    Queue paused =
        queues
            .pauseQueue(
                PauseQueueRequest.newBuilder()
                    .setRequestId("p-1")
                    .setName("queues/DATA_FETCHER")
                    .setReason("feed is down")
                    .build())
            .getQueue();

    assertThat(paused.getState()).isEqualTo(Queue.State.STATE_PAUSED);
    assertThat(paused.getPauseActor())
        .isEqualTo(Actor.newBuilder().setPrincipal("anonymous").setReason("feed is down").build());
    assertThat(paused.getPauseTime()).isNotEqualTo(Timestamp.getDefaultInstance());
    assertThat(api.queues.lastChange.requestId()).contains("p-1");
    assertThat(api.queues.lastChange.method()).isEqualTo("tasklane.v1.QueueService/PauseQueue");
  }

  @Test
  void a_resumed_queue_is_active() {
    assertThat(
            queues
                .resumeQueue(ResumeQueueRequest.newBuilder().setName("queues/DATA_FETCHER").build())
                .getQueue()
                .getState())
        .isEqualTo(Queue.State.STATE_ACTIVE);
  }

  @Test
  void figures_are_keyed_by_states_without_prefix() {
    QueueStats stats =
        queues
            .getQueueStats(
                GetQueueStatsRequest.newBuilder()
                    .setName("queues/DATA_FETCHER")
                    .setWindow(Duration.newBuilder().setSeconds(5))
                    .build())
            .getStats();

    assertThat(stats.getCountByStateMap()).isEqualTo(Map.of("QUEUED", 3L, "RUNNING", 1L));
    assertThat(stats.getDepthByPriorityMap()).isEqualTo(Map.of(7, 3L));
    assertThat(stats.getOldestAge())
        .isEqualTo(Duration.newBuilder().setSeconds(1).setNanos(500_000_000).build());
    assertThat(stats.hasRunDurationP95()).isFalse();
    assertThat(stats.getEmptyTimeEstimate().getSeconds())
        .isEqualTo(ApiOfTest.CLOCK.instant().getEpochSecond() + 30);
    assertThat(api.queues.windows).containsExactly(java.time.Duration.ofSeconds(5));
  }

  @Test
  void the_figures_of_all_queues_come_at_once_and_then_every_interval() {
    Iterator<WatchQueueStatsResponse> watch =
        queues.watchQueueStats(
            WatchQueueStatsRequest.newBuilder()
                .setInterval(Duration.newBuilder().setNanos(200_000_000))
                .build());

    assertThat(watch.next().getStatsMap())
        .containsOnlyKeys("queues/AI_ANALYSIS", "queues/DATA_FETCHER", "queues/PORTFOLIO_SYNC");
    api.queues.depth.set(8);
    // on a busy machine the next ones may have been made up before
    assertThat(
            Stream.generate(watch::next)
                .limit(100)
                .map(next -> next.getStatsMap().get("queues/AI_ANALYSIS"))
                .anyMatch(stats -> stats.getDepth() == 8))
        .isTrue();
  }

  @Test
  void figures_of_an_unknown_queue_cannot_be_watched() {
    Throwable error =
        catchThrowable(
            () ->
                queues
                    .watchQueueStats(
                        WatchQueueStatsRequest.newBuilder().addNames("queues/NONE").build())
                    .next());

    assertThat(codeAndReason(error)).isEqualTo("NOT_FOUND QUEUE_NOT_FOUND");
  }
}
