package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.explain.Blocker;
import io.tasklane.feature.EngineContext;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.queue.QueueLimits;
import io.tasklane.queue.limit.OpenQueues;
import io.tasklane.queue.limit.TradingHours;
import io.tasklane.schedule.calendar.CalendarFile;
import io.tasklane.schedule.calendar.MarketCalendar;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.claim.ClaimConditions;
import io.tasklane.task.complete.ClaimHeads;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.CompleteTasks;
import io.tasklane.task.explain.ExplainService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A queue with a calendar starts tasks only while its market is in session. */
class QueueCalendarTest {
  private final QueueBench bench = new QueueBench();
  private final StoreBench store = bench.store;
  private final ScheduleBench schedules = new ScheduleBench(store);
  private final List<QueueKey> looks = new ArrayList<>();
  private final List<Duration> dues = new ArrayList<>();
  private final ReadySignals signals =
      new ReadySignals() {
        @Override
        public void ready(QueueKey queue, TaskKey task, Priority priority) {
          looks.add(queue);
        }

        @Override
        public void dueIn(Duration time) {
          dues.add(time);
        }
      };
  private final ClaimConditions conditions =
      new ClaimConditions(List.of(store.units, new TradingHours(signals)));
  private final CompleteTasks completions =
      new CompleteTasks(store.runs, store.dependents, new ClaimHeads(conditions, store.expiry));
  private final Ownership owner = schedules.owner;

  /** A zone in which it is about noon, so that no test crosses midnight. */
  private final ZoneId zone =
      ZoneOffset.ofHours(12 - Instant.now().atOffset(ZoneOffset.UTC).getHour());

  @AfterEach
  void close() {
    bench.close();
  }

  private LocalTime now() {
    return LocalTime.now(zone);
  }

  /** A calendar whose only sessions are today's, with these hours. */
  private MarketCalendar calendar(LocalTime open, LocalTime close) {
    LocalDate today = LocalDate.now(zone);
    return CalendarFile.read(
        """
        name DESK
        version 1
        zone %s
        valid %s %s
        special %s %s-%s test
        """
            .formatted(
                zone,
                today,
                today.plusDays(9),
                today,
                open.truncatedTo(ChronoUnit.MINUTES),
                close.truncatedTo(ChronoUnit.MINUTES)));
  }

  private void use(MarketCalendar calendar) {
    ScheduleBench.done(schedules.calendars.create(calendar, ScheduleBench.by("user:ann")));
    bench.order(policy -> policy.withConcurrency(9).with(QueueLimits.NONE.in("DESK")));
  }

  private void change(MarketCalendar calendar) {
    ScheduleBench.done(
        schedules.calendars.update(
            "DESK", Optional.empty(), present -> calendar, ScheduleBench.by("user:ann")));
  }

  private MarketCalendar openNow() {
    return calendar(now().minusHours(1), now().plusHours(1));
  }

  private MarketCalendar opensLater() {
    return calendar(now().plusHours(1), now().plusHours(2));
  }

  private boolean claims() {
    return StoreBench.get(
            store.committer.submit(
                completions, new CompleteAndClaim(owner, Optional.empty(), true)))
        .claimed()
        .isPresent();
  }

  private int opened() {
    return StoreBench.get(store.committer.submit(new OpenQueues(signals), 500));
  }

  private Blocker.CalendarClosed blocker(String task) {
    ExplainService explain =
        new ExplainService(
            new EngineContext(store.database, store.committer, store.nobody, Clock.systemUTC()),
            conditions);
    return (Blocker.CalendarClosed) explain.explain(task).blockers().get(0);
  }

  @Test
  void it_starts_tasks_in_the_session_and_asks_the_calendar_once() {
    use(openNow());
    store.create(store.task(5));
    store.create(store.task(5));
    assertThat(claims()).isTrue();
    Postgres.run(store.database, "UPDATE calendar SET content = 'cannot be read'");
    assertThat(claims()).as("the session is known").isTrue();
    assertThat(store.count("queue_calendar WHERE due IS NULL AND open_until > now()")).isOne();
  }

  @Test
  void nothing_starts_before_the_open_and_the_owner_is_told_then() {
    use(opensLater());
    store.create(store.named("waits", 10));
    opened(); // because the calendar is new
    looks.clear();
    assertThat(claims()).isFalse();
    assertThat(claims()).as("it asks again").isFalse();
    assertThat(dues)
        .as("one alarm, at the open")
        .singleElement()
        .satisfies(wait -> assertThat(wait).isBetween(Duration.ofMinutes(58), Duration.ofHours(1)));
    Blocker.CalendarClosed closed = blocker("waits");
    assertThat(closed.calendar()).isEqualTo("DESK");
    assertThat(closed.opens().orElseThrow())
        .isBetween(Instant.now().plusSeconds(58 * 60), Instant.now().plusSeconds(3600));
    assertThat(closed.reason()).contains("DESK is outside its hours");

    assertThat(opened()).as("not yet").isZero();
    Postgres.run(store.database, "UPDATE queue_calendar SET due = due - interval '1 h'");
    assertThat(opened()).isOne();
    assertThat(looks).containsExactly(store.queue);
    assertThat(opened()).as("once").isZero();
  }

  @Test
  void the_session_that_is_known_ends_at_its_close() {
    use(openNow());
    store.create(store.task(5));
    store.create(store.task(5));
    assertThat(claims()).isTrue();
    Postgres.run(
        store.database,
        "UPDATE queue_calendar SET open_from = open_from - interval '2 h',"
            + " open_until = clock_timestamp();"
            + " UPDATE calendar SET content = replace(content, 'special', '#')");
    assertThat(claims()).isFalse();
  }

  @Test
  void a_changed_calendar_holds_at_once_in_both_directions() {
    use(openNow());
    store.create(store.named("a", 5));
    store.create(store.named("b", 5));
    assertThat(claims()).isTrue();
    change(opensLater());
    assertThat(claims()).isFalse();
    change(openNow());
    looks.clear();
    assertThat(opened()).as("its owner looks at once").isOne();
    assertThat(looks).containsExactly(store.queue);
    assertThat(claims()).isTrue();
  }

  @Test
  void a_calendar_that_does_not_know_the_present_is_refused_and_one_that_ends_starts_nothing() {
    LocalDate past = LocalDate.of(2020, 1, 1);
    MarketCalendar over =
        CalendarFile.read("name DESK\nversion 1\nzone UTC\nvalid 2020-01-01 2020-12-31\n");
    assertThat(over.validFrom()).isEqualTo(past);
    refused(RefusalReason.CALENDAR_UNKNOWN, () -> bench.order(p -> p.with(inDesk())));
    ScheduleBench.done(schedules.calendars.create(over, ScheduleBench.by("user:ann")));
    refused(RefusalReason.CALENDAR_RANGE, () -> bench.order(p -> p.with(inDesk())));
    assertThat(store.count("queue_calendar")).isZero();

    change(openNow());
    bench.order(p -> p.with(inDesk()));
    change(over);
    store.create(store.named("waits", 5));
    assertThat(claims()).as("unknown is not open").isFalse();
    Blocker.CalendarClosed closed = blocker("waits");
    assertThat(closed.opens()).isEmpty();
    assertThat(closed.reason()).contains("DESK", "2020-12-31", "updated");
    bench.order(policy -> policy.withConcurrency(3)); // another change of it is not refused
  }

  private static QueueLimits inDesk() {
    return QueueLimits.NONE.in("DESK");
  }

  private static void refused(RefusalReason reason, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(reason);
              assertThat(refusal.field()).contains("queue.calendar");
            });
  }

  @Test
  void a_calendar_that_a_queue_uses_stays_and_one_that_it_has_given_up_goes() {
    use(openNow());
    assertThat(bench.read().orElseThrow().policy().limits().calendar()).contains("DESK");
    assertThatThrownBy(this::delete).hasMessageContaining("queues/" + StoreBench.QUEUE);
    bench.order(policy -> policy.with(QueueLimits.NONE));
    assertThat(store.count("queue_calendar")).isZero();
    delete();
    store.create(store.task(5));
    assertThat(claims()).isTrue();
  }

  private void delete() {
    ScheduleBench.done(
        schedules.calendars.delete("DESK", Optional.empty(), ScheduleBench.by("user:ann")));
  }
}
