package io.tasklane.task;

import static io.tasklane.task.ScheduleBench.MINUTE;
import static io.tasklane.task.ScheduleBench.every;
import static io.tasklane.task.ScheduleBench.minutely;
import static io.tasklane.task.ScheduleBench.noop;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Postgres;
import io.tasklane.feature.Feature;
import io.tasklane.schedule.OverlapPolicy;
import io.tasklane.schedule.stored.ScheduleCounts;
import io.tasklane.schedule.stored.ScheduleRun;
import io.tasklane.schedule.stored.ScheduleSpec;
import io.tasklane.schedule.stored.TriggerSpec;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Schedules in the store: what is due runs once, and every due time is in one count. */
@Timeout(120)
class ScheduleTest {
  private final ScheduleBench bench = new ScheduleBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void after_a_night_without_a_server_the_last_minutes_run_once_and_the_rest_is_counted() {
    bench.createAndMiss(minutely(OverlapPolicy.ALLOW), Duration.ofHours(12));
    bench.look();
    ScheduleCounts counts = bench.counts("s");
    assertThat(counts.due()).isBetween(720L, 721L);
    assertThat(counts.run()).isBetween(5L, 6L);
    assertThat(counts.run() + counts.missed()).isEqualTo(counts.due());
    assertThat(bench.tasks()).isEqualTo(counts.run());
    List<Instant> ran =
        bench.runs("s").stream()
            .filter(run -> run.outcome() == ScheduleRun.Outcome.STARTED)
            .map(ScheduleRun::scheduledTime)
            .toList();
    assertThat(ran).hasSize((int) counts.run()).doesNotHaveDuplicates();
    assertThat(ran).allMatch(time -> time.getEpochSecond() % 60 == 0);
    bench.nobodyLookedFor("s", Duration.ZERO);
    bench.look();
    assertThat(bench.tasks()).as("nothing twice").isLessThanOrEqualTo(counts.run() + 1);
  }

  @Test
  void a_month_of_seconds_is_counted_in_one_look() {
    ScheduleSpec secondly = ScheduleSpec.of(every(Duration.ofSeconds(1)), noop());
    bench.createAndMiss(secondly, Duration.ofDays(30));
    bench.look();
    ScheduleCounts counts = bench.counts("s");
    assertThat(counts.run()).isEqualTo(1);
    assertThat(counts.missed()).isBetween(2_591_600L, 2_591_800L);
    assertThat(counts.due()).isGreaterThanOrEqualTo(2_592_000L);
    assertThat(counts.run() + counts.missed() + counts.overlapSkipped() + counts.pending())
        .isEqualTo(counts.due());
  }

  @Test
  void two_nodes_that_look_at_once_run_each_due_time_once() throws Exception {
    try (GroupCommitter other = new GroupCommitter(bench.store.database, Thread::new, () -> {})) {
      Feature elsewhere = bench.on(other);
      ScheduleSpec secondly =
          ScheduleSpec.of(every(Duration.ofSeconds(1)), noop()).withOverlap(OverlapPolicy.ALLOW);
      bench.create("s", secondly);
      for (int round = 0; round < 5; round++) {
        bench.nobodyLookedFor("s", Duration.ofSeconds(20));
        Postgres.run(
            bench.store.database,
            "INSERT INTO schedule_due SELECT clock_timestamp() - interval '1 s', id FROM schedule");
        CompletableFuture<Void> one = CompletableFuture.runAsync(bench::look);
        ScheduleBench.look(elsewhere, other);
        one.get();
      }
    }
    ScheduleCounts counts = bench.counts("s");
    long started = bench.store.count("schedule_run WHERE outcome = 1");
    assertThat(bench.tasks()).as("a task for each run").isEqualTo(started);
    assertThat(started).as("runs under one key").isLessThanOrEqualTo(counts.run());
    assertThat(started).isGreaterThanOrEqualTo(20);
    assertThat(bench.store.count("(SELECT DISTINCT scheduled_time FROM schedule_run) r"))
        .isEqualTo(started);
  }

  @Test
  void a_node_that_dies_in_the_middle_of_a_firing_neither_loses_nor_doubles_it() throws Exception {
    bench.createAndMiss(minutely(OverlapPolicy.SKIP), Duration.ofMinutes(2));
    Future<Integer> look;
    try (Connection blocker = bench.store.database.open();
        Statement statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("LOCK TABLE schedule_skip IN ACCESS EXCLUSIVE MODE");
      CompletableFuture<Future<Integer>> submitted =
          CompletableFuture.supplyAsync(bench::submitLook);
      bench.awaitBlocked();
      assertThat(bench.tasks()).as("nothing is committed").isZero();
      Postgres.run(
          bench.store.database,
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE wait_event_type = 'Lock' AND datname = current_database()");
      blocker.rollback();
      look = submitted.get();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
    try {
      look.get();
    } catch (Exception died) {
      assertThat(died).isNotNull(); // the next look does it
    }
    bench.look();
    assertThat(bench.tasks()).isEqualTo(1);
    assertThat(bench.counts("s").run()).isEqualTo(1);
  }

  @Test
  void a_run_that_ends_is_noted_with_its_state_and_the_task_names_the_schedule() {
    bench.createAndMiss(minutely(OverlapPolicy.SKIP), MINUTE);
    bench.look();
    String task = bench.runNext(StoreBench.succeeded());
    ScheduleRun run = bench.runs("s").get(0);
    assertThat(run.taskId()).isEqualTo(task);
    assertThat(bench.store.read(task).scheduleId()).hasValue("s");
    assertThat(run.endState()).contains(TaskState.SUCCEEDED);
    assertThat(run.endTime()).isPresent();
    assertThat(bench.get("s").view().recentRuns()).contains(run);
    assertThat(bench.store.count("task_event WHERE subject = 'schedules/s' AND kind = 14"))
        .isEqualTo(1);
  }

  @Test
  void jitter_delays_the_task_and_not_the_scheduled_time() {
    bench.createAndMiss(
        minutely(OverlapPolicy.ALLOW).withJitter(Duration.ofSeconds(50)), Duration.ofSeconds(70));
    bench.look();
    assertThat(bench.runs("s"))
        .isNotEmpty()
        .allSatisfy(
            run -> {
              assertThat(run.scheduledTime().getEpochSecond() % 60).isZero();
              Task task = bench.store.read(run.taskId());
              assertThat(task.start().runAfter().map(after -> after.equals(run.startTime().get())))
                  .isIn(Optional.empty(), Optional.of(true));
            });
    assertThat(bench.runs("s")).extracting(ScheduleRun::scheduledTime).doesNotHaveDuplicates();
  }

  @Test
  void an_interval_from_completion_is_due_after_the_end() {
    bench.createAndMiss(
        ScheduleSpec.of(new TriggerSpec.Interval(MINUTE, Duration.ZERO, true), noop()), MINUTE);
    bench.look();
    assertThat(bench.tasks()).isEqualTo(1);
    bench.nobodyLookedFor("s", Duration.ofMinutes(10));
    bench.look();
    assertThat(bench.tasks()).as("not while it runs").isEqualTo(1);
    bench.runNext(StoreBench.succeeded());
    bench.look();
    assertThat(bench.tasks()).isEqualTo(1);
    Instant end = bench.runs("s").get(0).endTime().orElseThrow();
    Instant next = bench.get("s").view().nextRun().orElseThrow();
    assertThat(Duration.between(end, next)).isBetween(MINUTE.minusMillis(1), MINUTE);
  }

  @Test
  void old_runs_are_removed_but_for_the_newest_ten() {
    bench.createAndMiss(minutely(OverlapPolicy.SKIP), MINUTE);
    Postgres.run(
        bench.store.database,
        "INSERT INTO schedule_run SELECT s.id, now() - n * interval '1 day', 1, 1, NULL, NULL, '',"
            + " '', now() - n * interval '1 day', 8, true"
            + " FROM schedule s, generate_series(1, 30) n");
    bench.look();
    assertThat(bench.store.count("schedule_run")).isEqualTo(10);
  }
}
