package io.tasklane.schedule.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.schedule.CronTrigger;
import io.tasklane.schedule.OverlapPolicy;
import io.tasklane.schedule.ScheduleRules;
import io.tasklane.schedule.SessionTrigger;
import io.tasklane.schedule.Trigger;
import io.tasklane.schedule.calendar.BuiltInCalendars;
import io.tasklane.schedule.calendar.SessionAnchor;
import io.tasklane.schedule.due.DstPolicy;
import io.tasklane.schedule.firing.Decision;
import io.tasklane.schedule.firing.FiringRules;
import io.tasklane.schedule.firing.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** On a stepped clock, what a preview shows as a run is what then runs, in order and no more. */
class PreviewEqualsRunsTest {
  private static final List<String> EXPRESSIONS =
      List.of(
          "30 2 * * *",
          "30 1 * * *",
          "0,30 2,3 * * *",
          "15 2 * * *",
          "*/15 1-2 * * *",
          "0 * * * *",
          "*/30 * * * *",
          "45 1 * * *",
          "0 0 * * *",
          "5 */2 * * *");

  /** The days of clock changes of 2026; Kolkata has none, and stands for all such zones. */
  static Stream<Arguments> clockChanges() {
    return Stream.of(
            Arguments.of("America/New_York", "2026-03-07T00:00:00Z"),
            Arguments.of("America/New_York", "2026-10-31T00:00:00Z"),
            Arguments.of("Europe/London", "2026-03-28T00:00:00Z"),
            Arguments.of("Europe/London", "2026-10-24T00:00:00Z"),
            Arguments.of("Asia/Kolkata", "2026-03-28T00:00:00Z"),
            Arguments.of("Asia/Kolkata", "2026-10-24T00:00:00Z"),
            Arguments.of("Australia/Lord_Howe", "2026-04-03T12:00:00Z"),
            Arguments.of("Australia/Lord_Howe", "2026-10-02T12:00:00Z"))
        .flatMap(
            change ->
                Stream.of(DstPolicy.values())
                    .map(policy -> Arguments.of(change.get()[0], change.get()[1], policy)));
  }

  @ParameterizedTest
  @MethodSource("clockChanges")
  void over_a_change_of_the_clocks(String zone, String begin, DstPolicy policy) {
    for (String expression : EXPRESSIONS) {
      Trigger trigger = CronTrigger.of(expression, zone, Optional.empty());
      compare(ScheduleRules.of(trigger).withDst(policy), Instant.parse(begin), Duration.ofDays(3));
    }
  }

  /** The early closes of 2026; XNSE has none, but a session on a Sunday. */
  static Stream<Arguments> unusualDays() {
    return Stream.of("2026-11-25T00:00:00Z", "2026-12-23T00:00:00Z", "2026-01-30T00:00:00Z")
        .flatMap(
            begin ->
                Stream.of(
                    Arguments.of(begin, session(SessionAnchor.CLOSE, -15, false)),
                    Arguments.of(begin, session(SessionAnchor.CLOSE, -15, true)),
                    Arguments.of(begin, session(SessionAnchor.OPEN, 15, true)),
                    Arguments.of(
                        begin,
                        SessionTrigger.of(
                            BuiltInCalendars.xnse(), SessionAnchor.OPEN, Duration.ZERO, false)),
                    Arguments.of(begin, daily("America/New_York", "XNYS")),
                    Arguments.of(begin, daily("Asia/Kolkata", "XNSE"))));
  }

  @ParameterizedTest
  @MethodSource("unusualDays")
  void over_unusual_days_of_markets(String begin, Trigger trigger) {
    compare(ScheduleRules.of(trigger), Instant.parse(begin), Duration.ofDays(6));
  }

  private static Trigger session(SessionAnchor anchor, int minutes, boolean skipHalfDays) {
    return SessionTrigger.of(
        BuiltInCalendars.xnys(), anchor, Duration.ofMinutes(minutes), skipHalfDays);
  }

  private static Trigger daily(String zone, String calendar) {
    return CronTrigger.of("0 10 * * *", zone, BuiltInCalendars.find(calendar));
  }

  private static void compare(ScheduleRules plain, Instant begin, Duration length) {
    ScheduleRules rules = plain.withOverlap(OverlapPolicy.ALLOW).withJitter(Duration.ofSeconds(30));
    Progress progress = Progress.created(begin);
    Instant end = begin.plus(length);
    FiringRules firing = new FiringRules("s", rules);
    List<String> ran = new ArrayList<>();
    for (Instant now = begin; !now.isAfter(end); now = now.plusSeconds(300)) {
      Decision decision = firing.decide(progress, now);
      decision.firings().forEach(run -> ran.add(run.key().scheduledTime() + "+" + run.startTime()));
      progress = decision.progress();
    }
    Preview preview =
        Preview.of(
            new Preview.Request(
                "s",
                rules,
                Progress.created(begin),
                Optional.of(end),
                Preview.MOST,
                Optional.empty()));
    assertThat(preview.runs())
        .filteredOn(run -> run.verdict() == Verdict.RUN)
        .extracting(run -> run.scheduledTime() + "+" + run.startTime())
        .as("%s", rules)
        .isEqualTo(ran)
        .isNotEmpty();
  }
}
