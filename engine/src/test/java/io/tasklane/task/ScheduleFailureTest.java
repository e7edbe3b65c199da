package io.tasklane.task;

import static io.tasklane.task.ScheduleBench.MINUTE;
import static io.tasklane.task.ScheduleBench.by;
import static io.tasklane.task.ScheduleBench.done;
import static io.tasklane.task.ScheduleBench.minutely;
import static io.tasklane.task.ScheduleBench.noop;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.schedule.OverlapPolicy;
import io.tasklane.schedule.calendar.BuiltInCalendars;
import io.tasklane.schedule.calendar.MarketCalendar;
import io.tasklane.schedule.stored.Schedule;
import io.tasklane.schedule.stored.ScheduleCounts;
import io.tasklane.schedule.stored.ScheduleRun;
import io.tasklane.schedule.stored.ScheduleSpec;
import io.tasklane.schedule.stored.TriggerSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a schedule does when a run fails, and when it cannot decide what is due. */
@Timeout(120)
class ScheduleFailureTest {
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

  @Test
  void a_schedule_that_disables_itself_says_which_task_failed() {
    bench.createAndMiss(minutely(OverlapPolicy.SKIP).disablingOnFailure(), MINUTE);
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
    assertThat(bench.tasks()).isEqualTo(1);
    Schedule enabled = bench.enable("s", true, "feed is back");
    assertThat(enabled.enablement().enabledBy()).contains(new Actor("user:bob", "feed is back"));
    bench.look();
    assertThat(bench.tasks()).as("what was due meanwhile is over").isEqualTo(1);
    assertThat(enabled.counts().missed()).isZero();
  }

  @Test
  void a_task_that_cannot_be_created_is_a_run_and_the_schedule_goes_on() {
    bench.createAndMiss(minutely(OverlapPolicy.SKIP), Duration.ofMinutes(2));
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
    bench.createAndMiss(minutely(OverlapPolicy.SKIP), MINUTE);
    bench.create("other", minutely(OverlapPolicy.SKIP));
    bench.nobodyLookedFor("other", MINUTE);
    Postgres.run(
        bench.store.database, "UPDATE schedule SET trigger = '{\"kind\":\"x\"}' WHERE name = 's'");
    bench.look();
    assertThat(bench.tasks()).isEqualTo(1);
    assertThat(bench.counts("other").run()).isEqualTo(1);
    assertThat(bench.store.count("schedule WHERE name = 's' AND error LIKE 'internal error%'"))
        .isEqualTo(1);
    assertThat(nextLook("s")).as("tried again in an hour").isBetween(3_590L, 3_600L);
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
    assertThat(nextLook("s")).as("tried again in an hour").isBetween(3_590L, 3_600L);
    done(bench.calendars.delete("XNYS", Optional.empty(), by("user:alice")));
    bench.look();
    assertThat(bench.get("s").error()).isEmpty();
    ScheduleCounts counts = bench.counts("s");
    assertThat(counts.run() + counts.overlapSkipped() + counts.closed()).isGreaterThan(4);
  }

  /** In how many seconds somebody looks at it next. */
  private long nextLook(String id) {
    return Postgres.number(
        bench.store.database,
        "SELECT floor(extract(epoch FROM min(due) - clock_timestamp())) FROM schedule_due d"
            + " JOIN schedule s ON s.id = d.schedule WHERE s.name = '"
            + id
            + "'");
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
  void a_run_that_cannot_be_started_disables_the_schedule_too_and_says_why() {
    bench.createAndMiss(minutely(OverlapPolicy.SKIP).disablingOnFailure(), MINUTE);
    Postgres.run(bench.store.database, "UPDATE schedule SET task = replace(task, 'noop', 'gone')");
    bench.look();
    Schedule disabled = bench.get("s");
    assertThat(disabled.enablement().disabled()).isTrue();
    assertThat(disabled.enablement().disabledBy().orElseThrow().reason()).contains("system.gone");
    bench.nobodyLookedFor("s", Duration.ofMinutes(3));
    bench.look();
    assertThat(bench.counts("s").due()).as("nothing is due").isEqualTo(disabled.counts().due());
  }
}
