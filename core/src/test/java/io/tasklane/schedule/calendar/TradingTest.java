package io.tasklane.schedule.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether a market is in session, at the edges of its sessions and of what its calendar knows. */
class TradingTest {
  private static final MarketCalendar XNYS = BuiltInCalendars.xnys();
  private static final MarketCalendar FUTURES =
      CalendarFile.read(
          """
          name FUTURES
          version 1
          zone America/Chicago
          valid 2026-01-01 2026-12-31
          week SUNDAY,MONDAY,TUESDAY,WEDNESDAY,THURSDAY 17:00-16:00
          """);

  private static Trading at(MarketCalendar calendar, String time) {
    return Trading.at(calendar, Instant.parse(time));
  }

  private static Trading.Open open(String from, String until) {
    return new Trading.Open(Instant.parse(from), Instant.parse(until));
  }

  private static Trading.Closed closed(Trading trading) {
    return (Trading.Closed) trading;
  }

  @Test
  void a_session_has_its_open_and_not_its_close_on_a_half_day_too() {
    Trading.Open half = open("2026-11-27T14:30:00Z", "2026-11-27T18:00:00Z");
    assertThat(at(XNYS, "2026-11-27T14:30:00Z")).isEqualTo(half);
    assertThat(at(XNYS, "2026-11-27T17:59:59.999999Z")).isEqualTo(half);
    assertThat(closed(at(XNYS, "2026-11-27T14:29:59.999999Z")).opens()).contains(half.from());
    Trading.Closed after = closed(at(XNYS, "2026-11-27T18:00:00Z"));
    assertThat(after.opens()).contains(Instant.parse("2026-11-30T14:30:00Z"));
    assertThat(after.reason()).isEqualTo("XNYS is outside its hours on 2026-11-27");
  }

  @Test
  void a_holiday_says_its_name_and_when_the_next_session_opens() {
    Trading.Closed closed = closed(at(XNYS, "2026-12-25T15:00:00Z"));
    assertThat(closed.reason()).contains("2026-12-25", "Christmas");
    assertThat(closed.opens()).contains(Instant.parse("2026-12-28T14:30:00Z"));
  }

  @Test
  void a_session_goes_on_after_midnight() {
    assertThat(at(FUTURES, "2026-11-30T12:00:00Z"))
        .isEqualTo(open("2026-11-29T23:00:00Z", "2026-11-30T22:00:00Z"));
    assertThat(closed(at(FUTURES, "2026-11-30T22:00:00Z")).opens())
        .contains(Instant.parse("2026-11-30T23:00:00Z"));
  }

  @Test
  void what_the_calendar_does_not_know_is_unknown_and_not_closed() {
    LocalDate last = XNYS.validTo();
    assertThat(Trading.at(XNYS, XNYS.end()))
        .isInstanceOfSatisfying(
            Trading.Unknown.class,
            unknown -> assertThat(unknown.problem()).contains("XNYS", "updated", last.toString()));
    assertThat(Trading.at(XNYS, XNYS.startOf(XNYS.validFrom()).minusNanos(1)))
        .isInstanceOf(Trading.Unknown.class);
    Trading.Closed end = closed(Trading.at(XNYS, XNYS.end().minusNanos(1)));
    assertThat(end.opens()).as("no session is known after it").isEmpty();
  }

  @Test
  void the_last_session_goes_on_past_the_end_of_the_calendar() {
    Instant night = FUTURES.end().plusSeconds(3600);
    assertThat(Trading.at(FUTURES, night))
        .isEqualTo(open("2026-12-31T23:00:00Z", "2027-01-01T22:00:00Z"));
    assertThat(at(FUTURES, "2027-01-01T22:00:00Z")).isInstanceOf(Trading.Unknown.class);
  }

  @Test
  void every_instant_of_a_year_is_open_exactly_in_the_sessions_that_the_calendar_lists() {
    for (MarketCalendar calendar : List.of(XNYS, FUTURES)) {
      List<Session> sessions = new ArrayList<>();
      for (LocalDate day = LocalDate.of(2026, 1, 1); day.getYear() == 2026; day = day.plusDays(1)) {
        sessions.addAll(calendar.sessionsOn(day));
      }
      for (int i = 0; i + 1 < sessions.size(); i++) {
        Session session = sessions.get(i);
        Instant next = sessions.get(i + 1).open();
        Trading.Open open = new Trading.Open(session.open(), session.close());
        assertThat(Trading.at(calendar, session.open())).isEqualTo(open);
        assertThat(Trading.at(calendar, session.close().minusNanos(1))).isEqualTo(open);
        if (session.close().isBefore(next)) {
          assertThat(closed(Trading.at(calendar, session.close())).opens())
              .isEqualTo(Optional.of(next));
          assertThat(closed(Trading.at(calendar, next.minusNanos(1))).opens())
              .isEqualTo(Optional.of(next));
        }
      }
    }
  }
}
