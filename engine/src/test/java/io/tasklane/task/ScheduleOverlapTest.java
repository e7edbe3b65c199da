package io.tasklane.task;

import static io.tasklane.task.ScheduleBench.MINUTE;
import static io.tasklane.task.ScheduleBench.minutely;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.schedule.OverlapPolicy;
import io.tasklane.schedule.stored.ScheduleCounts;
import io.tasklane.schedule.stored.ScheduleRun;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a due time while a run of its schedule has not ended. */
@Timeout(120)
class ScheduleOverlapTest {
  private final ScheduleBench bench = new ScheduleBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void under_SKIP_nothing_runs_while_a_run_has_not_ended() {
    bench.createAndMiss(minutely(OverlapPolicy.SKIP), Duration.ofMinutes(4));
    bench.look();
    ScheduleCounts counts = bench.counts("s");
    assertThat(counts.run()).isEqualTo(1);
    assertThat(counts.overlapSkipped()).isBetween(3L, 4L);
    assertThat(bench.runs("s").get(0).outcome()).isEqualTo(ScheduleRun.Outcome.SKIPPED_OVERLAP);
    bench.runNext(StoreBench.succeeded());
    bench.nobodyLookedFor("s", Duration.ofMinutes(1));
    bench.look();
    assertThat(bench.counts("s").run()).as("free again").isEqualTo(2);
    assertThat(bench.tasks()).isEqualTo(2);
  }

  @Test
  void under_BUFFER_ONE_one_waits_and_runs_when_the_other_has_ended() {
    bench.createAndMiss(minutely(OverlapPolicy.BUFFER_ONE), Duration.ofMinutes(4));
    bench.look();
    ScheduleCounts counts = bench.counts("s");
    assertThat(counts.run()).isEqualTo(1);
    assertThat(counts.pending()).isEqualTo(1);
    assertThat(counts.overlapSkipped()).isBetween(2L, 3L);
    assertThat(bench.tasks()).isEqualTo(1);
    bench.runNext(StoreBench.succeeded());
    bench.look();
    assertThat(bench.tasks()).as("at once, without the next due time").isEqualTo(2);
    assertThat(bench.counts("s").run()).isEqualTo(2);
    assertThat(bench.counts("s").pending()).isZero();
    List<ScheduleRun> started =
        bench.runs("s").stream()
            .filter(run -> run.outcome() == ScheduleRun.Outcome.STARTED)
            .toList();
    assertThat(Duration.between(started.get(1).scheduledTime(), started.get(0).scheduledTime()))
        .as("the buffered run keeps its own scheduled time")
        .isEqualTo(MINUTE);
  }

  @Test
  void under_CANCEL_OTHER_the_new_one_takes_the_place_of_the_old_one() {
    bench.createAndMiss(minutely(OverlapPolicy.CANCEL_OTHER), Duration.ofMinutes(3));
    bench.look();
    long run = bench.counts("s").run();
    assertThat(run).isBetween(3L, 4L);
    assertThat(bench.store.count("task WHERE state = " + TaskState.CANCELLED.code()))
        .isEqualTo(run - 1);
    assertThat(bench.store.count("task WHERE state = " + TaskState.QUEUED.code())).isEqualTo(1);
    bench.look();
    assertThat(bench.get("s").progress().running()).isEqualTo(1);
  }

  @Test
  void a_buffered_run_waits_while_the_schedule_is_disabled_and_runs_once_it_is_enabled() {
    bench.createAndMiss(minutely(OverlapPolicy.BUFFER_ONE), Duration.ofMinutes(4));
    bench.look();
    bench.enable("s", false, "");
    bench.runNext(StoreBench.succeeded());
    bench.look();
    assertThat(bench.tasks()).as("not while it is disabled").isEqualTo(1);
    assertThat(bench.counts("s").pending()).isEqualTo(1);
    bench.enable("s", true, "");
    bench.look();
    assertThat(bench.tasks()).isEqualTo(2);
    assertThat(bench.counts("s").pending()).isZero();
  }
}
