package io.tasklane.workflow.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.database.Postgres;
import io.tasklane.feature.EngineContext;
import io.tasklane.forecast.EmptyTime;
import io.tasklane.forecast.ForecastService;
import io.tasklane.forecast.QueueTrialAnswer;
import io.tasklane.forecast.QueueTrialRequest;
import io.tasklane.queue.RateLimit;
import io.tasklane.rollup.DurationBuckets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Forecasts of a queue in the store: 60 tasks came in each minute, and took about a second. */
class QueueForecastTest {
  private static final QueueTrialRequest AS_IT_IS =
      new QueueTrialRequest(
          OptionalInt.empty(), Optional.empty(), false, 1, Duration.ofHours(1), Optional.empty());
  private final WorkflowBench bench = new WorkflowBench();
  private final ForecastService service =
      new ForecastService(
          new EngineContext(
              bench.database, bench.committer, bench.parts.nobody, Clock.systemUTC()));

  @AfterEach
  void close() {
    bench.close();
  }

  private void known(int minutes, int runs) {
    Postgres.run(
        bench.database,
        ("INSERT INTO rollup SELECT id, 'system.echo', date_trunc('minute', now()) - i * interval"
                + " '1 min', 60, 0, 0, '{}', array_append(array_fill(0::bigint, ARRAY[%d]),"
                + " %d::bigint), '{}' FROM queue, generate_series(0, %d - 1) i")
            .formatted(DurationBuckets.of(Duration.ofSeconds(1)), runs, minutes));
  }

  private QueueTrialAnswer trial(QueueTrialRequest wanted) {
    return service.trial(WorkflowBench.QUEUE, wanted);
  }

  private static QueueTrialRequest slots(int concurrency, Duration target) {
    return new QueueTrialRequest(
        OptionalInt.of(concurrency),
        Optional.empty(),
        false,
        1,
        Duration.ofMinutes(30),
        Optional.of(target));
  }

  @Test
  void a_queue_is_tried_as_it_is_and_with_other_settings() {
    known(61, 60);
    bench.create(Trees.request("{}"), 50);
    QueueTrialAnswer asIs = trial(AS_IT_IS);
    assertThat(asIs.concurrency()).isEqualTo(1000);
    assertThat(asIs.result().arrivals()).isEqualTo(60 * 60);
    assertThat(asIs.result().waitP95()).isZero();
    assertThat(asIs.samples()).isGreaterThanOrEqualTo(3_600);
    QueueTrialAnswer few = trial(slots(1, Duration.ofMillis(100)));
    assertThat(few.result().seconds()).isEqualTo(1_800);
    assertThat(few.result().maximumDepth()).as("with those that wait").isGreaterThan(30);
    assertThat(few.proposed().orElseThrow()).isBetween(2, 6);
    assertThat(few.proposedWaitP90()).isLessThanOrEqualTo(0.1);
    QueueTrialAnswer limited =
        trial(
            new QueueTrialRequest(
                OptionalInt.empty(),
                Optional.of(new RateLimit(1, Duration.ofSeconds(2))),
                false,
                1,
                Duration.ofHours(1),
                Optional.of(Duration.ofSeconds(1))));
    assertThat(limited.result().maximumDepth()).isCloseTo(1_850, within(60L));
    assertThat(limited.proposed()).isEmpty();
  }

  @Test
  void the_present_rate_limit_holds_unless_another_or_none_is_asked_for() {
    known(61, 60);
    Postgres.run(
        bench.database,
        "INSERT INTO queue_rate (queue, permits, period_ms) SELECT id, 1, 2000 FROM queue");
    assertThat(trial(AS_IT_IS).result().maximumDepth()).isGreaterThan(1_700);
    QueueTrialRequest without =
        new QueueTrialRequest(
            OptionalInt.empty(), Optional.empty(), true, 1, Duration.ofHours(1), Optional.empty());
    assertThat(trial(without).result().maximumDepth()).isZero();
  }

  @Test
  void a_queue_is_empty_when_what_waits_has_started() {
    assertThat(service.emptyTime(WorkflowBench.QUEUE)).isEqualTo(new EmptyTime(0, 0, ""));
    known(1, 100);
    bench.create(Trees.request("{}"), 100);
    Postgres.run(bench.database, "UPDATE queue_owner SET concurrency = 2");
    EmptyTime empty = service.emptyTime(WorkflowBench.QUEUE);
    assertThat(empty.missing()).isEmpty();
    assertThat(empty.p50()).isCloseTo(49, within(6.0));
    assertThat(empty.p90()).isGreaterThan(empty.p50());
    Postgres.run(bench.database, "UPDATE queue_owner SET state = 2");
    assertThat(service.emptyTime(WorkflowBench.QUEUE).missing()).isEqualTo("it is paused");
  }

  @Test
  void with_too_few_runs_it_says_so_instead_of_a_figure() {
    known(1, 19);
    bench.create(Trees.request("{}"), 1);
    assertThat(trial(AS_IT_IS).missing())
        .isEqualTo("only 19 runs of this queue are known; a simulation needs 20");
    assertThat(service.emptyTime(WorkflowBench.QUEUE).missing())
        .isEqualTo("only 19 runs of this queue are known; an estimate needs 20");
    assertThatThrownBy(() -> service.trial("NONE", AS_IT_IS))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.QUEUE_NOT_FOUND));
    assertThatThrownBy(() -> service.emptyTime("NONE")).isInstanceOf(Refusal.class);
  }
}
