package io.tasklane.schedule.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.schedule.cron.CronExpression;
import io.tasklane.schedule.cron.CronTimes;
import io.tasklane.schedule.due.DstPolicy;
import io.tasklane.schedule.due.DueTimes;
import io.tasklane.schedule.due.InvalidScheduleException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs that go by sessions, and calendars that keep runs from running. */
class SessionTimesTest {
  private static final MarketCalendar XNYS = BuiltInCalendars.xnys();
  private static final MarketCalendar XNSE = BuiltInCalendars.xnse();

  @Test
  void a_quarter_of_an_hour_before_the_close_knows_early_closes_and_clock_changes() {
    DueTimes times = new SessionTimes(XNYS, SessionAnchor.CLOSE, Duration.ofMinutes(-15));
    assertThat(between(times, "2026-11-25T00:00:00Z", "2026-11-30T23:00:00Z"))
        .containsExactly("2026-11-25T20:45:00Z", "2026-11-27T17:45:00Z", "2026-11-30T20:45:00Z");
    assertThat(between(times, "2026-10-30T00:00:00Z", "2026-11-03T00:00:00Z"))
        .containsExactly("2026-10-30T19:45:00Z", "2026-11-02T20:45:00Z");
  }

  @Test
  void a_session_on_a_sunday_is_one_of_them() {
    DueTimes times = new SessionTimes(XNSE, SessionAnchor.OPEN, Duration.ofMinutes(15));
    assertThat(between(times, "2026-01-30T00:00:00Z", "2026-02-02T23:00:00Z"))
        .containsExactly("2026-01-30T04:00:00Z", "2026-02-01T04:00:00Z", "2026-02-02T04:00:00Z");
  }

  @Test
  void an_offset_may_reach_another_day() {
    DueTimes times = new SessionTimes(XNSE, SessionAnchor.OPEN, Duration.ofHours(-10));
    assertThat(between(times, "2026-01-30T12:00:00Z", "2026-02-02T00:00:00Z"))
        .containsExactly("2026-01-31T17:45:00Z", "2026-02-01T17:45:00Z");
  }

  @Test
  void every_session_of_seven_years_is_found_one_by_one_and_counted() {
    DueTimes times = new SessionTimes(XNYS, SessionAnchor.OPEN, Duration.ZERO);
    assertThat(between(times, "2024-01-01T05:00:00Z", "2030-12-31T23:59:59Z"))
        .hasSize((int) times.count(at("2024-01-01T05:00:00Z"), at("2030-12-31T23:59:59Z")))
        .startsWith("2024-01-02T14:30:00Z")
        .endsWith("2030-12-31T14:30:00Z");
  }

  @Test
  void beyond_the_calendar_is_an_error() {
    DueTimes times = new SessionTimes(XNYS, SessionAnchor.OPEN, Duration.ZERO);
    assertThatThrownBy(() -> times.next(at("2030-12-31T14:30:00Z")))
        .isInstanceOf(CalendarRangeException.class)
        .hasMessageContaining("2024-01-01 to 2030-12-31");
    assertThatThrownBy(() -> times.next(at("2023-12-01T00:00:00Z")))
        .isInstanceOf(CalendarRangeException.class);
    assertThatThrownBy(() -> times.count(at("2030-12-01T00:00:00Z"), at("2031-02-01T00:00:00Z")))
        .isInstanceOf(CalendarRangeException.class);
  }

  @Test
  void an_offset_of_a_day_or_more_is_refused() {
    assertThatThrownBy(() -> new SessionTimes(XNYS, SessionAnchor.OPEN, Duration.ofDays(-1)))
        .isInstanceOf(InvalidScheduleException.class)
        .hasMessageStartingWith("session.offset");
  }

  @Test
  void a_half_day_says_why_it_does_not_run() {
    SessionTimes times = new SessionTimes(XNYS, SessionAnchor.CLOSE, Duration.ofMinutes(-15));
    assertThat(new HalfDays(times, true).reason(at("2026-11-27T17:45:00Z")))
        .hasValue("2026-11-27 is a half day of XNYS (day after Thanksgiving)");
    assertThat(new HalfDays(times, true).reason(at("2026-11-25T20:45:00Z"))).isEmpty();
    assertThat(new HalfDays(times, false).reason(at("2026-11-27T17:45:00Z"))).isEmpty();
    assertThat(
            new HalfDays(times, true)
                .count(times, at("2025-12-31T23:00:00Z"), at("2026-12-31T23:00:00Z")))
        .isEqualTo(2);
  }

  @Test
  void closed_due_times_are_counted_by_days_and_one_by_one_alike() {
    DueTimes times =
        new CronTimes(
            CronExpression.parse("*/20 */3 * * *"), ZoneId.of("Asia/Tokyo"), DstPolicy.ONCE);
    ClosedDays closed = new ClosedDays(XNYS);
    Instant after = at("2026-10-30T17:23:00Z");
    Instant upTo = at("2026-11-30T03:40:00Z");
    long byOne =
        between(times, after.toString(), upTo.toString()).stream()
            .filter(due -> closed.reason(at(due)).isPresent())
            .count();
    assertThat(closed.count(times, after, upTo)).isEqualTo(byOne).isPositive();
    assertThat(closed.count(times, upTo, after)).isZero();
  }

  private static List<String> between(DueTimes times, String after, String upTo) {
    List<String> found = new ArrayList<>();
    Instant at = at(after);
    while (times.next(at, at(upTo)).isPresent()) {
      at = times.next(at, at(upTo)).orElseThrow();
      found.add(at.toString());
    }
    return found;
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }
}
