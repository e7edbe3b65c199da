package io.tasklane.grpc.queue;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.tasklane.forecast.EmptyTime;
import io.tasklane.forecast.QueueTrialAnswer;
import io.tasklane.forecast.QueueTrialRequest;
import io.tasklane.forecast.TrialResult;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.queue.RateLimit;
import io.tasklane.v1.GetQueueStatsRequest;
import io.tasklane.v1.QueueServiceGrpc;
import io.tasklane.v1.QueueStats;
import io.tasklane.v1.SimulateQueueRequest;
import io.tasklane.v1.SimulateQueueResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of queues, over the wire. */
@Timeout(30)
class QueueForecastTest {
  private static final Instant NOW = ApiOfTest.CLOCK.instant();
  private ApiOfTest api;
  private QueueServiceGrpc.QueueServiceBlockingStub queues;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
    queues = QueueServiceGrpc.newBlockingStub(api.channel).withDeadlineAfter(20, TimeUnit.SECONDS);
    api.forecasts.answer =
        new QueueTrialAnswer(
            NOW,
            "",
            3,
            new TrialResult(0.5, 2, 3, List.of(7L, 9L), 30, 9, 0.75, 60, 60),
            OptionalInt.of(4),
            1.5,
            200);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static SimulateQueueRequest.Builder of(String queue) {
    return SimulateQueueRequest.newBuilder().setName("queues/" + queue);
  }

  private QueueStats stats() {
    return queues
        .getQueueStats(GetQueueStatsRequest.newBuilder().setName("queues/DATA_FETCHER").build())
        .getStats();
  }

  @Test
  void a_queue_says_when_it_is_empty_or_why_that_is_not_known() {
    api.forecasts.empty = new EmptyTime(60, 90, "");
    assertThat(stats().getEmptyTimeP50())
        .isEqualTo(Timestamps.fromMillis(NOW.plusSeconds(60).toEpochMilli()));
    assertThat(stats().getEmptyTimeP90())
        .isEqualTo(Timestamps.fromMillis(NOW.plusSeconds(90).toEpochMilli()));
    assertThat(stats().getNoEmptyTimeReason()).isEmpty();
    api.forecasts.empty = EmptyTime.unknown("it is paused");
    assertThat(stats().hasEmptyTimeP50()).isFalse();
    assertThat(stats().hasEmptyTimeP90()).isFalse();
    assertThat(stats().getNoEmptyTimeReason()).isEqualTo("it is paused");
  }

  @Test
  void what_is_not_given_is_as_it_is_now() {
    queues.simulateQueue(of("Q").build());
    assertThat(api.forecasts.asked)
        .isEqualTo(
            new QueueTrialRequest(
                OptionalInt.empty(),
                Optional.empty(),
                false,
                1,
                Duration.ofHours(1),
                Optional.empty()));
  }

  @Test
  void a_simulation_is_made_as_it_is_asked_for_and_shown_whole() {
    SimulateQueueRequest.Builder request =
        of("Q")
            .setConcurrency(3)
            .setArrivalRateFactor(1.5)
            .setHorizon(Durations.fromSeconds(7_259))
            .setTargetWait(Durations.fromSeconds(2));
    request.getRateLimitBuilder().setPermits(5).setPeriod(Durations.fromSeconds(1));
    SimulateQueueResponse simulated = queues.simulateQueue(request.build());
    assertThat(api.forecasts.asked)
        .isEqualTo(
            new QueueTrialRequest(
                OptionalInt.of(3),
                Optional.of(new RateLimit(5, Duration.ofSeconds(1))),
                false,
                1.5,
                Duration.ofMinutes(120),
                Optional.of(Duration.ofSeconds(2))));
    assertThat(simulated.getWaitP50()).isEqualTo(Durations.fromMillis(500));
    assertThat(simulated.getWaitP90()).isEqualTo(Durations.fromSeconds(2));
    assertThat(simulated.getWaitP95()).isEqualTo(Durations.fromSeconds(3));
    assertThat(simulated.getPoints(1).getDepth()).isEqualTo(9);
    assertThat(Timestamps.toMillis(simulated.getPoints(1).getTime()))
        .isEqualTo(NOW.plusSeconds(60).toEpochMilli());
    assertThat(simulated.getMaximumDepth()).isEqualTo(9);
    assertThat(simulated.getUtilization()).isEqualTo(0.75);
    assertThat(simulated.getArrivalCount()).isEqualTo(60);
    assertThat(simulated.getSimulatedTime()).isEqualTo(Durations.fromSeconds(60));
    assertThat(simulated.getConcurrency()).isEqualTo(3);
    assertThat(simulated.getProposedConcurrency()).isEqualTo(4);
    assertThat(simulated.getProposedWaitP90()).isEqualTo(Durations.fromMillis(1_500));
    assertThat(simulated.getSampleCount()).isEqualTo(200);
  }

  @Test
  void with_too_few_runs_there_is_a_reason_and_no_figure() {
    api.forecasts.answer =
        new QueueTrialAnswer(NOW, "too few", 3, TrialResult.NONE, OptionalInt.empty(), 0, 3);
    SimulateQueueResponse simulated = queues.simulateQueue(of("Q").build());
    assertThat(simulated)
        .isEqualTo(
            SimulateQueueResponse.newBuilder()
                .setConcurrency(3)
                .setSampleCount(3)
                .setNoResultReason("too few")
                .build());
  }

  @Test
  void what_is_out_of_range_is_refused() {
    assertRefused(of("q"));
    assertRefused(of("Q").setConcurrency(1001));
    assertRefused(of("Q").setArrivalRateFactor(-1));
    assertRefused(of("Q").setArrivalRateFactor(101));
    assertRefused(of("Q").setArrivalRateFactor(Double.NaN));
    assertRefused(of("Q").setHorizon(Durations.fromSeconds(59)));
    assertRefused(of("Q").setTargetWait(Durations.fromSeconds(-1)));
    SimulateQueueRequest.Builder both = of("Q").setWithoutRateLimit(true);
    both.getRateLimitBuilder().setPermits(5).setPeriod(Durations.fromSeconds(1));
    assertRefused(both);
  }

  private void assertRefused(SimulateQueueRequest.Builder request) {
    assertThat(codeAndReason(catchThrowable(() -> queues.simulateQueue(request.build()))))
        .as(request.toString())
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
  }
}
