package io.tasklane.task;

import static io.tasklane.task.ScheduleBench.MINUTE;
import static io.tasklane.task.ScheduleBench.by;
import static io.tasklane.task.ScheduleBench.done;
import static io.tasklane.task.ScheduleBench.every;
import static io.tasklane.task.ScheduleBench.minutely;
import static io.tasklane.task.ScheduleBench.noop;
import static io.tasklane.task.ScheduleBench.rarely;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.filter.ScheduleFilter;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.admin.EnsureQueues;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.schedule.OverlapPolicy;
import io.tasklane.schedule.calendar.BuiltInCalendars;
import io.tasklane.schedule.calendar.MarketCalendar;
import io.tasklane.schedule.due.DstPolicy;
import io.tasklane.schedule.stored.Schedule;
import io.tasklane.schedule.stored.ScheduleAction;
import io.tasklane.schedule.stored.ScheduleSpec;
import io.tasklane.schedule.stored.TriggerSpec;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Creating, changing and deleting schedules, and finding them. */
@Timeout(120)
class ScheduleChangeTest {
  private static final Payload JSON = Payload.json("{}");

  private final ScheduleBench bench = new ScheduleBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void an_edit_makes_nothing_due_that_lies_behind() {
    bench.createAndMiss(rarely(), Duration.ofHours(5));
    Schedule updated = bench.update("s", spec -> spec.withTrigger(every(MINUTE)));
    bench.look();
    assertThat(bench.tasks()).isZero();
    assertThat(bench.counts("s").missed()).isZero();
    assertThat(updated.view().nextRun().orElseThrow()).isAfter(Instant.now().minusSeconds(5));
    assertThat(updated.etag()).isEqualTo("\"2\"");
    assertThat(bench.update("s", spec -> spec).etag()).as("nothing changed").isEqualTo("\"2\"");
  }

  @Test
  void what_was_due_before_an_edit_runs_by_the_old_rules() {
    bench.createAndMiss(minutely(OverlapPolicy.ALLOW), Duration.ofMinutes(3));
    bench.update("s", spec -> rarely());
    assertThat(bench.tasks()).isBetween(3L, 4L);
    bench.look();
    assertThat(bench.counts("s").run()).isEqualTo(bench.tasks());
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
            new ScheduleAction.Create(noop()),
            false);
    bench.createAndMiss(secondly, Duration.ofMinutes(20));
    assertThatThrownBy(() -> bench.update("s", spec -> rarely()))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.SCHEDULE_CATCHING_UP));
    assertThat(bench.tasks()).isZero();
    bench.look();
    bench.update("s", spec -> rarely());
    assertThat(bench.tasks()).isGreaterThanOrEqualTo(1_200);
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
  void a_calendar_that_is_deleted_while_a_schedule_is_moved_to_it_is_unknown() throws Exception {
    MarketCalendar whole = BuiltInCalendars.xnys();
    MarketCalendar mine =
        new MarketCalendar(
            "MINE",
            "1",
            whole.zone(),
            whole.validFrom(),
            whole.validTo(),
            whole.week(),
            Map.of(),
            Map.of(),
            Map.of());
    done(bench.calendars.create(mine, by("user:alice")));
    bench.create("s", rarely());
    TriggerSpec daily = new TriggerSpec.Cron("@daily", "", Optional.of("MINE"));
    CompletableFuture<Schedule> moved;
    try (Connection deleting = bench.store.database.open();
        Statement statement = deleting.createStatement()) {
      deleting.setAutoCommit(false);
      statement.execute("DELETE FROM calendar WHERE name = 'MINE'");
      moved =
          CompletableFuture.supplyAsync(() -> bench.update("s", spec -> spec.withTrigger(daily)));
      bench.awaitBlocked();
      deleting.commit();
    }
    assertThatThrownBy(moved::join)
        .cause()
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.CALENDAR_UNKNOWN));
    assertThat(bench.store.count("schedule WHERE calendar IS NOT NULL")).isZero();
  }

  @Test
  void a_deleted_schedule_leaves_its_tasks_and_nothing_else() {
    bench.createAndMiss(minutely(OverlapPolicy.SKIP), Duration.ofMinutes(2));
    bench.look();
    done(bench.schedules.delete("s", Optional.of("\"1\""), by("user:alice")));
    bench.look();
    for (String table : List.of("schedule", "schedule_run", "schedule_skip", "schedule_due")) {
      assertThat(bench.store.count(table)).as(table).isZero();
    }
    assertThat(bench.tasks()).isEqualTo(1);
    bench.runNext(StoreBench.succeeded());
    assertThatThrownBy(() -> bench.get("s")).hasMessageContaining("schedules/s does not exist");
  }

  @Test
  void a_list_is_in_the_order_of_names_and_only_of_those_that_match() {
    StoreBench.get(
        bench.store.committer.submit(
            new EnsureQueues(),
            List.of(
                new QueueSettings(
                    "OTHER", QueuePolicy.STANDARD, RetryPolicy.DEFAULT, MINUTE, MINUTE))));
    TriggerSpec trading = new TriggerSpec.Cron("@daily", "", Optional.of("XNYS"));
    bench.create("d-trading", ScheduleSpec.of(trading, noop()));
    bench.create("c-trading", ScheduleSpec.of(trading, noop()));
    bench.create("b-elsewhere", rarely().withTask(TaskRequest.of("OTHER", "system.noop", JSON)));
    bench.create("a-echo", rarely().withTask(TaskRequest.of("Q", "system.echo", JSON)));
    bench.enable("a-echo", false, "");
    assertThat(listed("", "", 9))
        .containsExactly("a-echo", "b-elsewhere", "c-trading", "d-trading");
    assertThat(listed("", "a-echo", 2)).containsExactly("b-elsewhere", "c-trading");
    assertThat(listed("disabled = true", "", 9)).containsExactly("a-echo");
    assertThat(listed("disabled = false", "", 1)).containsExactly("b-elsewhere");
    assertThat(listed("queue = OTHER", "", 9)).containsExactly("b-elsewhere");
    assertThat(listed("task_type = system.echo", "", 9)).containsExactly("a-echo");
    assertThat(listed("calendar = XNYS", "", 9)).containsExactly("c-trading", "d-trading");
    assertThat(listed("calendar = XNYS AND queue = OTHER", "", 9)).isEmpty();
    assertThat(bench.schedules.list(ScheduleFilter.parse("calendar = XNYS"), "", 9))
        .allSatisfy(found -> assertThat(found).isEqualTo(bench.get(found.scheduleId())));
  }

  private List<String> listed(String filter, String after, int limit) {
    return bench.schedules.list(ScheduleFilter.parse(filter), after, limit).stream()
        .map(Schedule::scheduleId)
        .toList();
  }
}
