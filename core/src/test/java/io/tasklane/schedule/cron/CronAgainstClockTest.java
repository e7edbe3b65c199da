package io.tasklane.schedule.cron;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.schedule.due.DstPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The search gives what looking at the clock each minute gives: the wall clock for {@link
 * DstPolicy#WALL_CLOCK}, each wall time through {@link ZonedDateTime} for ONCE.
 */
class CronAgainstClockTest {
  private static final List<String> ZONES =
      List.of(
          "America/New_York",
          "Europe/London",
          "Asia/Kolkata",
          "Australia/Lord_Howe",
          "Africa/Cairo",
          "America/Santiago",
          "Atlantic/Azores");

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("tasklane.rounds.schedules", 60));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void any_expression_in_any_zone_is_due_when_the_clock_says_so(long seed) {
    Random random = new Random(seed);
    ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
    CronExpression expression = expression(random);
    Instant change = someChange(random, zone);
    Instant after = change.minus(Duration.ofHours(30 + random.nextInt(20))).minusSeconds(1);
    Instant upTo = change.plus(Duration.ofHours(30 + random.nextInt(20)));

    assertThat(CronRuns.between(times(expression, zone, DstPolicy.WALL_CLOCK), after, upTo))
        .as("%s by the wall clock of %s", expression, zone)
        .containsExactlyElementsOf(byTheClock(expression, zone, after, upTo));
    assertThat(CronRuns.between(times(expression, zone, DstPolicy.ONCE), after, upTo))
        .as("%s once in %s", expression, zone)
        .containsExactlyElementsOf(
            expression.isEveryHour()
                ? byTheClock(expression, zone, after, upTo)
                : eachOnce(expression, zone, after, upTo));
  }

  private static CronTimes times(CronExpression expression, ZoneId zone, DstPolicy policy) {
    return new CronTimes(expression, zone, policy);
  }

  private static CronExpression expression(Random random) {
    String[] minutes = {"0", "30", "*/20", "*", "15,45", "59", "5-10"};
    String[] hours = {"*", "0", "1", "2", "1,2,3", "*/2", "0-3", "23,0,1", "0-23"};
    String[] days = {"* * *", "* * 0", "*/2 * *", "1-15 * MON-FRI", "? * SAT-MON", "* 3,4,10 *"};
    return CronExpression.parse(
        minutes[random.nextInt(minutes.length)]
            + " "
            + hours[random.nextInt(hours.length)]
            + " "
            + days[random.nextInt(days.length)]);
  }

  private static Instant someChange(Random random, ZoneId zone) {
    Instant somewhere =
        Instant.parse("2023-01-01T00:00:00Z").plusSeconds(random.nextInt(126_000_000));
    var change = zone.getRules().nextTransition(somewhere);
    return change == null ? somewhere.truncatedTo(ChronoUnit.HOURS) : change.getInstant();
  }

  /** Goes through the instants, minute by minute, and looks at the clock. */
  private static List<String> byTheClock(
      CronExpression expression, ZoneId zone, Instant after, Instant upTo) {
    Set<Instant> due = new TreeSet<>();
    for (Instant at = after.plusSeconds(1); !at.isAfter(upTo); at = at.plusSeconds(60)) {
      LocalDateTime shown = LocalDateTime.ofInstant(at, zone);
      if (expression.first(shown, shown.plusSeconds(1)).isPresent()) {
        due.add(at);
      }
    }
    return due.stream().map(Instant::toString).toList();
  }

  /** Goes through the wall times, minute by minute, and asks the JDK where each belongs. */
  private static List<String> eachOnce(
      CronExpression expression, ZoneId zone, Instant after, Instant upTo) {
    Set<Instant> due = new TreeSet<>();
    LocalDateTime end = LocalDateTime.ofInstant(upTo, zone).plusDays(1);
    LocalDateTime begin = LocalDateTime.ofInstant(after.plusSeconds(1), zone).minusDays(1);
    for (LocalDateTime wall = begin; wall.isBefore(end); wall = wall.plusMinutes(1)) {
      if (expression.first(wall, wall.plusSeconds(1)).isPresent()) {
        var change = zone.getRules().getTransition(wall);
        boolean gap = change != null && change.isGap();
        Instant at =
            gap
                ? change.getInstant()
                : ZonedDateTime.ofLocal(wall, zone, null).withEarlierOffsetAtOverlap().toInstant();
        if (at.isAfter(after) && !at.isAfter(upTo)) {
          due.add(at);
        }
      }
    }
    return due.stream().map(Instant::toString).toList();
  }
}
