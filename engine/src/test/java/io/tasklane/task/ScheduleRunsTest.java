package io.tasklane.task;

import static io.tasklane.task.ScheduleBench.by;
import static io.tasklane.task.ScheduleBench.done;
import static io.tasklane.task.ScheduleBench.minutely;
import static io.tasklane.task.ScheduleBench.rarely;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Refusal;
import io.tasklane.schedule.OverlapPolicy;
import io.tasklane.schedule.stored.ScheduleCounts;
import io.tasklane.schedule.stored.ScheduleRun;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs that somebody asks for: now, or for a stretch of the past. */
@Timeout(120)
class ScheduleRunsTest {
  private final ScheduleBench bench = new ScheduleBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void a_triggered_run_is_outside_the_counts_and_respects_the_policy() {
    bench.create("s", rarely());
    ScheduleRun first = trigger(Optional.empty());
    assertThat(first.cause()).isEqualTo(ScheduleRun.Cause.TRIGGERED);
    assertThat(trigger(Optional.empty()).outcome()).isEqualTo(ScheduleRun.Outcome.SKIPPED_OVERLAP);
    trigger(Optional.of(OverlapPolicy.ALLOW));
    trigger(Optional.of(OverlapPolicy.CANCEL_OTHER));
    assertThat(bench.tasks()).isEqualTo(3);
    assertThat(bench.store.count("task WHERE state = " + TaskState.CANCELLED.code())).isEqualTo(2);
    assertThat(bench.counts("s")).isEqualTo(ScheduleCounts.NONE);
  }

  private ScheduleRun trigger(Optional<OverlapPolicy> policy) {
    return done(bench.schedules.trigger("s", policy, by("user:alice"))).get(0);
  }

  @Test
  void the_past_runs_once_however_often_it_is_asked_for() {
    bench.create("s", minutely(OverlapPolicy.SKIP));
    Instant end = Instant.now().minusSeconds(3_600);
    Instant start = end.minus(Duration.ofMinutes(10));
    assertThat(bench.schedules.checkBackfill("s", start, end)).hasSize(10);
    List<ScheduleRun> runs = done(bench.schedules.backfill("s", start, end, by("user:alice")));
    assertThat(runs).hasSize(10);
    assertThat(done(bench.schedules.backfill("s", start, end, by("user:alice")))).isEmpty();
    assertThat(bench.tasks()).isEqualTo(10);
    assertThat(bench.counts("s").run()).isZero();
    assertThatThrownBy(
            () ->
                done(
                    bench.schedules.backfill(
                        "s", start, Instant.now().plusSeconds(60), by("user:alice"))))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("end_time")
        .hasMessageContaining("not later than now");
  }

  @Test
  void a_disabled_schedule_runs_when_it_is_triggered() {
    bench.create("s", rarely());
    bench.enable("s", false, "");
    assertThat(trigger(Optional.empty()).outcome()).isEqualTo(ScheduleRun.Outcome.STARTED);
    assertThat(bench.tasks()).isEqualTo(1);
  }

  @Test
  void what_was_asked_for_before_the_look_does_not_run_again_when_it_is_due() {
    bench.createAndMiss(minutely(OverlapPolicy.ALLOW), Duration.ofMinutes(4));
    Instant now = Instant.now().minusSeconds(5);
    List<ScheduleRun> asked =
        done(
            bench.schedules.backfill(
                "s", now.minusSeconds(100), now.minusSeconds(10), by("user:alice")));
    assertThat(asked).hasSizeBetween(1, 2);
    bench.look();
    long due = bench.counts("s").run();
    assertThat(due).isBetween(4L, 5L);
    assertThat(bench.tasks()).as("each due time has one run").isEqualTo(due);
    assertThat(bench.store.count("schedule_run WHERE cause = 3")).isEqualTo(asked.size());
    assertThat(bench.store.count("task_event WHERE subject = 'schedules/s' AND kind = 14"))
        .as("an event for each run")
        .isEqualTo(due);
  }
}
