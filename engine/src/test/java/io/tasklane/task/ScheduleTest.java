package io.tasklane.task;

import static io.tasklane.task.ScheduleBench.by;
import static io.tasklane.task.ScheduleBench.done;
import static io.tasklane.task.ScheduleBench.noop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Postgres;
import io.tasklane.feature.Feature;
import io.tasklane.schedule.OverlapPolicy;
import io.tasklane.schedule.calendar.BuiltInCalendars;
import io.tasklane.schedule.calendar.MarketCalendar;
import io.tasklane.schedule.due.DstPolicy;
import io.tasklane.schedule.stored.Schedule;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Schedules in the store: what is due runs once, and every due time is in one count. */
@Timeout(120)
class ScheduleTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final RunEnd FAILED =
      new RunEnd.Failed(
          new Failure(Failure.Kind.PERMANENT, "BROKEN", "no", "", Instant.EPOCH),
          Optional.empty(),
          Optional.empty());

  private final ScheduleBench bench = new ScheduleBench();

  @AfterEach
  void close() {
    bench.close();
  }

  private static TriggerSpec every(Duration interval) {
    return new TriggerSpec.Interval(interval, Duration.ZERO, false);
  }

  /** Due each minute. */
  private static ScheduleSpec minutely(OverlapPolicy overlap) {
    return ScheduleSpec.of(every(MINUTE), noop()).withOverlap(overlap);
  }

  /** Not due within the test. */
  private static ScheduleSpec rarely() {
    return ScheduleSpec.of(every(Duration.ofDays(3_000)), noop());
  }

  private void createAndMiss(ScheduleSpec spec, Duration time) {
    bench.create("s", spec);
    bench.nobodyLookedFor("s", time);
  }

  private long tasks() {
    return bench.store.count("task");
  }

  @Test
  void after_a_night_without_a_server_the_last_minutes_run_once_and_the_rest_is_counted() {
    createAndMiss(minutely(OverlapPolicy.ALLOW), Duration.ofHours(12));
    bench.look();
    ScheduleCounts counts = bench.counts("s");
    assertThat(counts.due()).isBetween(720L, 721L);
    assertThat(counts.run()).isBetween(5L, 6L);
    assertThat(counts.run() + counts.missed()).isEqualTo(counts.due());
    assertThat(tasks()).isEqualTo(counts.run());
    List<Instant> ran =
        bench.runs("s").stream()
            .filter(run -> run.outcome() == ScheduleRun.Outcome.STARTED)
            .map(ScheduleRun::scheduledTime)
            .toList();
    assertThat(ran).hasSize((int) counts.run()).doesNotHaveDuplicates();
    assertThat(ran).allMatch(time -> time.getEpochSecond() % 60 == 0);
    bench.nobodyLookedFor("s", Duration.ZERO);
    bench.look();
    assertThat(tasks()).as("nothing twice").isLessThanOrEqualTo(counts.run() + 1);
  }

  @Test
  void a_month_of_seconds_is_counted_in_one_look() {
    ScheduleSpec secondly = ScheduleSpec.of(every(Duration.ofSeconds(1)), noop());
    createAndMiss(secondly, Duration.ofDays(30));
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
    assertThat(tasks()).as("a task for each run").isEqualTo(started);
    assertThat(started).as("runs under one key").isLessThanOrEqualTo(counts.run());
    assertThat(started).isGreaterThanOrEqualTo(20);
    assertThat(bench.store.count("(SELECT DISTINCT scheduled_time FROM schedule_run) r"))
        .isEqualTo(started);
  }

  @Test
  void a_node_that_dies_in_the_middle_of_a_firing_neither_loses_nor_doubles_it() throws Exception {
    createAndMiss(minutely(OverlapPolicy.SKIP), Duration.ofMinutes(2));
    Future<Integer> look;
    try (Connection blocker = bench.store.database.open();
        Statement statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("LOCK TABLE schedule_skip IN ACCESS EXCLUSIVE MODE");
      CompletableFuture<Future<Integer>> submitted =
          CompletableFuture.supplyAsync(bench::submitLook);
      awaitBlocked();
      assertThat(tasks()).as("nothing is committed").isZero();
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
    assertThat(tasks()).isEqualTo(1);
    assertThat(bench.counts("s").run()).isEqualTo(1);
  }

  private void awaitBlocked() throws InterruptedException {
    while (bench.store.count(
            "pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
        == 0) {
      Thread.sleep(10);
    }
  }

  @Test
  void under_SKIP_nothing_runs_while_a_run_has_not_ended() {
    createAndMiss(minutely(OverlapPolicy.SKIP), Duration.ofMinutes(4));
    bench.look();
    ScheduleCounts counts = bench.counts("s");
    assertThat(counts.run()).isEqualTo(1);
    assertThat(counts.overlapSkipped()).isBetween(3L, 4L);
    assertThat(bench.runs("s").get(0).outcome()).isEqualTo(ScheduleRun.Outcome.SKIPPED_OVERLAP);
    bench.runNext(StoreBench.succeeded());
    bench.nobodyLookedFor("s", Duration.ofMinutes(1));
    bench.look();
    assertThat(bench.counts("s").run()).as("free again").isEqualTo(2);
    assertThat(tasks()).isEqualTo(2);
  }

  @Test
  void under_BUFFER_ONE_one_waits_and_runs_when_the_other_has_ended() {
    createAndMiss(minutely(OverlapPolicy.BUFFER_ONE), Duration.ofMinutes(4));
    bench.look();
    ScheduleCounts counts = bench.counts("s");
    assertThat(counts.run()).isEqualTo(1);
    assertThat(counts.pending()).isEqualTo(1);
    assertThat(counts.overlapSkipped()).isBetween(2L, 3L);
    assertThat(tasks()).isEqualTo(1);
    bench.runNext(StoreBench.succeeded());
    bench.look();
    assertThat(tasks()).as("at once, without the next due time").isEqualTo(2);
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
    createAndMiss(minutely(OverlapPolicy.CANCEL_OTHER), Duration.ofMinutes(3));
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
  void a_run_that_ends_is_noted_with_its_state_and_the_task_names_the_schedule() {
    createAndMiss(minutely(OverlapPolicy.SKIP), MINUTE);
    bench.look();
    String task = bench.runNext(StoreBench.succeeded());
    ScheduleRun run = bench.runs("s").get(0);
    assertThat(run.taskId()).isEqualTo(task);
    assertThat(run.endState()).contains(TaskState.SUCCEEDED);
    assertThat(run.endTime()).isPresent();
    assertThat(bench.get("s").view().recentRuns()).contains(run);
    assertThat(bench.store.count("task_event WHERE subject = 'schedules/s' AND kind = 14"))
        .isEqualTo(1);
  }

  @Test
  void an_interval_from_completion_is_due_after_the_end() {
    createAndMiss(
        ScheduleSpec.of(new TriggerSpec.Interval(MINUTE, Duration.ZERO, true), noop()), MINUTE);
    bench.look();
    assertThat(tasks()).isEqualTo(1);
    bench.nobodyLookedFor("s", Duration.ofMinutes(10));
    bench.look();
    assertThat(tasks()).as("not while it runs").isEqualTo(1);
    bench.runNext(StoreBench.succeeded());
    bench.look();
    assertThat(tasks()).isEqualTo(1);
    Instant end = bench.runs("s").get(0).endTime().orElseThrow();
    Instant next = bench.get("s").view().nextRun().orElseThrow();
    assertThat(Duration.between(end, next)).isBetween(MINUTE.minusMillis(1), MINUTE);
  }

  @Test
  void a_schedule_that_disables_itself_says_which_task_failed() {
    createAndMiss(minutely(OverlapPolicy.SKIP).disablingOnFailure(), MINUTE);
    bench.look();
    String task = bench.runNext(FAILED);
    bench.look();
    Schedule disabled = bench.get("s");
    assertThat(disabled.enablement().disabled()).isTrue();
    assertThat(disabled.etag()).as("a change that clients see").isEqualTo("\"2\"");
    assertThat(disabled.enablement().disabledBy())
        .contains(new Actor("schedule:s", "tasks/" + task + " failed"));
    assertThat(disabled.enablement().enabledBy()).contains(new Actor("user:alice", ""));
    bench.nobodyLookedFor("s", Duration.ofMinutes(3));
    bench.look();
    assertThat(tasks()).isEqualTo(1);
    Schedule enabled = bench.enable("s", true, "feed is back");
    assertThat(enabled.enablement().enabledBy()).contains(new Actor("user:bob", "feed is back"));
    bench.look();
    assertThat(tasks()).as("what was due meanwhile is over").isEqualTo(1);
    assertThat(enabled.counts().missed()).isZero();
  }

  @Test
  void a_task_that_cannot_be_created_is_a_run_and_the_schedule_goes_on() {
    createAndMiss(minutely(OverlapPolicy.SKIP), Duration.ofMinutes(2));
    Postgres.run(bench.store.database, "UPDATE schedule SET task = replace(task, 'noop', 'gone')");
    bench.look();
    ScheduleCounts counts = bench.counts("s");
    assertThat(counts.run()).isGreaterThanOrEqualTo(1);
    ScheduleRun run =
        bench.runs("s").stream()
            .filter(r -> r.outcome() == ScheduleRun.Outcome.FAILED_TO_START)
            .findFirst()
            .orElseThrow();
    assertThat(run.explanation()).contains("system.gone");
    assertThat(bench.store.count("schedule_due WHERE due > clock_timestamp()")).isEqualTo(1);
  }

  @Test
  void a_schedule_that_cannot_be_read_does_not_keep_the_others_from_running() {
    createAndMiss(minutely(OverlapPolicy.SKIP), MINUTE);
    bench.create("other", minutely(OverlapPolicy.SKIP));
    bench.nobodyLookedFor("other", MINUTE);
    Postgres.run(
        bench.store.database, "UPDATE schedule SET trigger = '{\"kind\":\"x\"}' WHERE name = 's'");
    bench.look();
    assertThat(tasks()).isEqualTo(1);
    assertThat(bench.counts("other").run()).isEqualTo(1);
    assertThat(bench.store.count("schedule WHERE name = 's' AND error LIKE 'internal error%'"))
        .isEqualTo(1);
  }

  @Test
  void a_calendar_that_ends_is_said_and_a_longer_one_decides_what_is_pending() {
    bench.create(
        "s", ScheduleSpec.of(new TriggerSpec.Cron("* * * * * *", "", Optional.of("XNYS")), noop()));
    MarketCalendar whole = BuiltInCalendars.xnys();
    MarketCalendar past = shortened(whole);
    done(bench.calendars.update("XNYS", Optional.empty(), present -> past, by("user:alice")));
    bench.create("other", minutely(OverlapPolicy.SKIP));
    bench.nobodyLookedFor("other", MINUTE);
    bench.nobodyLookedFor("s", Duration.ofSeconds(5));
    bench.look();
    assertThat(bench.get("s").error()).contains("XNYS", "updated");
    assertThat(bench.counts("other").run()).as("others fire on").isEqualTo(1);
    done(bench.calendars.delete("XNYS", Optional.empty(), by("user:alice")));
    bench.look();
    assertThat(bench.get("s").error()).isEmpty();
    ScheduleCounts counts = bench.counts("s");
    assertThat(counts.run() + counts.overlapSkipped() + counts.closed()).isGreaterThan(4);
  }

  private static MarketCalendar shortened(MarketCalendar whole) {
    return new MarketCalendar(
        whole.name(),
        "short",
        whole.zone(),
        whole.validFrom(),
        whole.validFrom().plusDays(30),
        whole.week(),
        Map.of(),
        Map.of(),
        Map.of());
  }

  @Test
  void an_edit_makes_nothing_due_that_lies_behind() {
    createAndMiss(rarely(), Duration.ofHours(5));
    Schedule updated = bench.update("s", spec -> spec.withTrigger(every(MINUTE)));
    bench.look();
    assertThat(tasks()).isZero();
    assertThat(bench.counts("s").missed()).isZero();
    assertThat(updated.view().nextRun().orElseThrow()).isAfter(Instant.now().minusSeconds(5));
    assertThat(updated.etag()).isEqualTo("\"2\"");
    assertThat(bench.update("s", spec -> spec).etag()).as("nothing changed").isEqualTo("\"2\"");
  }

  @Test
  void what_was_due_before_an_edit_runs_by_the_old_rules() {
    createAndMiss(minutely(OverlapPolicy.ALLOW), Duration.ofMinutes(3));
    bench.update("s", spec -> rarely());
    assertThat(tasks()).isBetween(3L, 4L);
    bench.look();
    assertThat(bench.counts("s").run()).isEqualTo(tasks());
  }

  @Test
  void while_more_than_one_look_lies_behind_an_edit_is_refused_and_loses_nothing() {
    ScheduleSpec secondly =
        new ScheduleSpec(
            every(Duration.ofSeconds(1)),
            OverlapPolicy.ALLOW,
            DstPolicy.ONCE,
            Duration.ofHours(1),
            Duration.ZERO,
            Optional.empty(),
            Optional.empty(),
            noop(),
            false);
    createAndMiss(secondly, Duration.ofMinutes(20));
    assertThatThrownBy(() -> bench.update("s", spec -> rarely()))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.SCHEDULE_CATCHING_UP));
    assertThat(tasks()).isZero();
    bench.look();
    bench.update("s", spec -> rarely());
    assertThat(tasks()).isGreaterThanOrEqualTo(1_200);
  }

  @Test
  void jitter_delays_the_task_and_not_the_scheduled_time() {
    createAndMiss(
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
  void a_triggered_run_is_outside_the_counts_and_respects_the_policy() {
    bench.create("s", rarely());
    ScheduleRun first = trigger(Optional.empty());
    assertThat(first.cause()).isEqualTo(ScheduleRun.Cause.TRIGGERED);
    assertThat(trigger(Optional.empty()).outcome()).isEqualTo(ScheduleRun.Outcome.SKIPPED_OVERLAP);
    trigger(Optional.of(OverlapPolicy.ALLOW));
    trigger(Optional.of(OverlapPolicy.CANCEL_OTHER));
    assertThat(tasks()).isEqualTo(3);
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
    assertThat(tasks()).isEqualTo(10);
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
  void what_is_not_allowed_is_refused_with_its_field() {
    refused("schedule.cron.expression", cron("0 0 30 2 *", ""));
    refused("schedule.cron.time_zone", cron("0 0 * * *", "Mars/Base"));
    refused("schedule.cron.calendar", new TriggerSpec.Cron("0 0 * * *", "", Optional.of("NONE")));
    refused("schedule.once_time", new TriggerSpec.Once(Instant.now().minusSeconds(9)));
    assertThatThrownBy(
            () -> bench.create("s", rarely().withTask(TaskRequest.of("Q", "x.y", noop().input()))))
        .satisfies(e -> assertThat(((Refusal) e).field()).contains("schedule.task.task_type"));
    assertThat(bench.store.count("schedule")).isZero();
  }

  private static TriggerSpec cron(String expression, String zone) {
    return new TriggerSpec.Cron(expression, zone, Optional.empty());
  }

  private void refused(String field, TriggerSpec trigger) {
    assertThatThrownBy(() -> bench.create("s", ScheduleSpec.of(trigger, noop())))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.field()).contains(field));
  }

  @Test
  void a_deleted_schedule_leaves_its_tasks_and_nothing_else() {
    createAndMiss(minutely(OverlapPolicy.SKIP), Duration.ofMinutes(2));
    bench.look();
    done(bench.schedules.delete("s", Optional.of("\"1\""), by("user:alice")));
    bench.look();
    for (String table : List.of("schedule", "schedule_run", "schedule_skip", "schedule_due")) {
      assertThat(bench.store.count(table)).as(table).isZero();
    }
    assertThat(tasks()).isEqualTo(1);
    bench.runNext(StoreBench.succeeded());
    assertThatThrownBy(() -> bench.get("s")).hasMessageContaining("schedules/s does not exist");
  }

  @Test
  void old_runs_are_removed_but_for_the_newest_ten() {
    createAndMiss(minutely(OverlapPolicy.SKIP), MINUTE);
    Postgres.run(
        bench.store.database,
        "INSERT INTO schedule_run SELECT s.id, now() - n * interval '1 day', 1, 1, NULL, NULL, '',"
            + " '', now() - n * interval '1 day', 8, true"
            + " FROM schedule s, generate_series(1, 30) n");
    bench.look();
    assertThat(bench.store.count("schedule_run")).isEqualTo(10);
  }
}
