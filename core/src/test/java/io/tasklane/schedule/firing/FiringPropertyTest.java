package io.tasklane.schedule.firing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.schedule.OverlapPolicy;
import io.tasklane.schedule.ScheduleRules;
import io.tasklane.schedule.due.DueTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the schedule, the clock and the runs do: every due time is in exactly one count, none
 * runs twice, and each becomes what a naive model says that goes through them one by one.
 */
class FiringPropertyTest {
  private static final AtomicLong DUE = new AtomicLong();

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("tasklane.rounds.schedules", 60));
  }

  @AfterAll
  static void there_was_something_due() {
    assertThat(DUE.get()).isGreaterThan(30_000);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void all_counts_add_up_to_what_was_due(long seed) {
    Random random = new Random(seed);
    ScheduleRules rules = RandomRules.next(random);
    FiringRules firing = new FiringRules("s" + seed, rules);
    DueTimes times = rules.times(Instant.EPOCH);
    Instant now = Instant.parse("2026-10-20T00:00:00Z").plusSeconds(random.nextInt(3_000_000));
    Progress progress = Progress.created(now);
    Model model = new Model(rules, now);
    List<Instant> ends = new ArrayList<>();
    Set<FiringKey> keys = new HashSet<>();
    long due = 0;
    long counted = 0;
    for (int step = 0; step < 60; step++) {
      Instant before = now;
      now = now.plus(advance(random));
      if (random.nextInt(12) == 0) {
        // Disabled until now, or edited: nothing of it is due.
        due -= firing.pending(progress, before) - waiting(progress);
        progress = progress.seen(now);
        model.seen(now);
      } else {
        due += times.count(before, now);
      }
      progress = endRuns(ends, progress, now);
      Decision decision = firing.decide(progress, now);
      assertThat(firing.decide(progress, now)).as("asked twice").isEqualTo(decision);
      while (true) {
        counted += countOf(decision);
        for (Firing each : decision.firings()) {
          check(rules, times, each);
          assertThat(keys.add(each.key())).as("%s fired once", each.key()).isTrue();
          ends.add(now.plus(Duration.ofSeconds(random.nextInt(9_000))));
        }
        model.look(progress, now, decision);
        progress = decision.progress();
        if (!decision.unfinished()) {
          break;
        }
        decision = firing.decide(progress, now);
      }
      assertThat(counted + firing.pending(progress, now)).as("%s at %s", rules, now).isEqualTo(due);
      checkOverlap(rules, progress);
    }
    DUE.addAndGet(due);
  }

  private static long countOf(Decision decision) {
    return decision.firings().size()
        + decision.overlapSkips()
        + decision.closed()
        + decision.missed();
  }

  private static long waiting(Progress progress) {
    return progress.buffered().isPresent() ? 1 : 0;
  }

  /** Mostly a tick, now and then an outage of hours or days. */
  private static Duration advance(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> Duration.ofSeconds(random.nextInt(90_000));
      case 1, 2 -> Duration.ofSeconds(random.nextInt(7_000));
      default -> Duration.ofMillis(random.nextInt(600_000));
    };
  }

  private static Progress endRuns(List<Instant> ends, Progress progress, Instant now) {
    Progress left = progress;
    for (Instant end : List.copyOf(ends)) {
      if (!end.isAfter(now)) {
        ends.remove(end);
        left = left.ended(end);
      }
    }
    return left;
  }

  private static void check(ScheduleRules rules, DueTimes times, Firing firing) {
    Instant due = firing.key().scheduledTime();
    assertThat(times.count(due.minusNanos(1), due)).as("%s is due", due).isEqualTo(1);
    assertThat(rules.trigger().closings().reason(due)).isEmpty();
    assertThat(firing.startTime()).isBetween(due, due.plus(rules.jitter()));
    Optional<Instant> next = times.next(due, due.plus(Duration.ofDays(9)));
    next.ifPresent(later -> assertThat(firing.startTime()).isBefore(later));
  }

  private static void checkOverlap(ScheduleRules rules, Progress progress) {
    if (rules.overlap() == OverlapPolicy.SKIP || rules.overlap() == OverlapPolicy.BUFFER_ONE) {
      assertThat(progress.running()).isLessThanOrEqualTo(1);
    }
    if (rules.overlap() != OverlapPolicy.BUFFER_ONE) {
      assertThat(progress.buffered()).isEmpty();
    }
  }
}
