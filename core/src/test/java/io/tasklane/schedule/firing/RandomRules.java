package io.tasklane.schedule.firing;

import io.tasklane.schedule.CronTrigger;
import io.tasklane.schedule.IntervalTrigger;
import io.tasklane.schedule.OverlapPolicy;
import io.tasklane.schedule.ScheduleRules;
import io.tasklane.schedule.SessionTrigger;
import io.tasklane.schedule.Trigger;
import io.tasklane.schedule.calendar.BuiltInCalendars;
import io.tasklane.schedule.calendar.MarketCalendar;
import io.tasklane.schedule.calendar.SessionAnchor;
import io.tasklane.schedule.due.DstPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Schedules drawn at random, of every trigger, over the clock changes of autumn 2026. */
final class RandomRules {
  private static final List<String> EXPRESSIONS =
      List.of(
          "*/20 * * * * *",
          "*/7 * * * *",
          "0 * * * *",
          "30 1,2 * * *",
          "*/10 1-2 * * *",
          "0 */3 * * MON-FRI",
          "0 9 13 * 5",
          "*/30 22-23 * * *",
          "5 0 * * SAT-SUN");
  private static final List<String> ZONES =
      List.of("America/New_York", "Europe/London", "Asia/Kolkata", "Australia/Lord_Howe");

  private RandomRules() {}

  static ScheduleRules next(Random random) {
    ScheduleRules rules =
        ScheduleRules.of(trigger(random))
            .withOverlap(pick(random, List.of(OverlapPolicy.values())))
            .withDst(pick(random, List.of(DstPolicy.values())))
            .withCatchUp(
                pick(
                    random,
                    List.of(
                        Duration.ZERO,
                        ScheduleRules.DEFAULT_CATCH_UP,
                        Duration.ofHours(3),
                        Duration.ofDays(2))))
            .withJitter(
                pick(random, List.of(Duration.ZERO, Duration.ofSeconds(5), Duration.ofHours(2))));
    Instant middle = Instant.parse("2026-11-10T00:00:00Z").plusSeconds(random.nextInt(2_000_000));
    return switch (random.nextInt(6)) {
      case 0 -> rules.within(Optional.of(middle.minusSeconds(1_900_000)), Optional.empty());
      case 1 -> rules.within(Optional.empty(), Optional.of(middle.plusSeconds(2_000_000)));
      default -> rules;
    };
  }

  private static Trigger trigger(Random random) {
    MarketCalendar calendar =
        random.nextBoolean() ? BuiltInCalendars.xnys() : BuiltInCalendars.xnse();
    return switch (random.nextInt(8)) {
      case 0 ->
          new IntervalTrigger(
              Duration.ofMillis(30_500 + random.nextInt(900_000)),
              Duration.ofMillis(random.nextInt(30_000)),
              false);
      case 1 ->
          SessionTrigger.of(
              calendar,
              pick(random, List.of(SessionAnchor.values())),
              Duration.ofMinutes(random.nextInt(600) - 300),
              random.nextBoolean());
      case 2, 3 -> cron(random, Optional.of(calendar));
      default -> cron(random, Optional.empty());
    };
  }

  private static Trigger cron(Random random, Optional<MarketCalendar> calendar) {
    return CronTrigger.of(pick(random, EXPRESSIONS), pick(random, ZONES), calendar);
  }

  private static <T> T pick(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
