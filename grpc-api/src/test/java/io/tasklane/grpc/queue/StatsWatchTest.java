package io.tasklane.grpc.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Refusal;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.grpc.QueuesOfTest;
import io.tasklane.grpc.stream.HandAlarm;
import io.tasklane.v1.Queue;
import io.tasklane.v1.QueueStats;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StatsWatchTest {
  private final QueuesOfTest queues = new QueuesOfTest();
  private final HandAlarm alarm = new HandAlarm();
  private final AtomicInteger wakes = new AtomicInteger();
  private final StatsWatch watch =
      new StatsWatch(
          new QueueFigures(queues, ApiOfTest.CLOCK),
          Set.of("DATA_FETCHER"),
          Duration.ofSeconds(1),
          alarm,
          Duration.ofMinutes(30));

  @Test
  void a_client_that_was_not_ready_gets_the_newest_figures_and_no_old_ones() {
    watch.open(wakes::incrementAndGet);
    assertThat(watch.next()).isPresent();
    assertThat(watch.next()).isEmpty();

    alarm.pass(Duration.ofSeconds(5));
    queues.depth.set(42);

    assertThat(wakes).hasValue(5);
    assertThat(watch.next().orElseThrow().getStatsMap().get("queues/DATA_FETCHER").getDepth())
        .isEqualTo(42);
    assertThat(watch.next()).isEmpty();
  }

  @Test
  void figures_come_with_the_queues_state_its_owner_and_what_runs() {
    watch.open(wakes::incrementAndGet);
    QueueStats figures = watch.next().orElseThrow().getStatsMap().get("queues/DATA_FETCHER");
    assertThat(figures.getQueueState()).isEqualTo(Queue.State.STATE_ACTIVE);
    assertThat(figures.getOwnerNode()).isEqualTo("n1");
    assertThat(figures.getRetryCount()).isEqualTo(5);
    assertThat(figures.getRunning(0).getName()).isEqualTo("tasks/r");
  }

  @Test
  void it_ends_as_unavailable_after_its_life_so_that_the_client_comes_back() {
    watch.open(wakes::incrementAndGet);
    alarm.pass(Duration.ofMinutes(30));

    assertThatThrownBy(watch::next)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("open it again");
    watch.close();
    assertThat(alarm.set()).isZero();
  }
}
