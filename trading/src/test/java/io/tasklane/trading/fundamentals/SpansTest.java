package io.tasklane.trading.fundamentals;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Twelve months out of the spans that filings happen to report. */
class SpansTest {
  private static final LocalDate FIRST = LocalDate.of(2022, 10, 2);
  private static final int WEEKS = 13;

  @Test
  void four_quarters_make_a_year_when_nothing_else_is_told() {
    Spans spans =
        new Spans(List.of(span(0, 1, 10), span(1, 2, 20), span(2, 3, 30), span(3, 4, 40)));
    Spans.Year year = spans.newestYear().orElseThrow();
    assertThat(year.value()).isEqualByComparingTo("100");
    assertThat(year.figures()).isEqualTo(4);
  }

  @Test
  void a_year_told_as_such_is_taken_as_it_is() {
    Spans spans =
        new Spans(
            List.of(
                span(0, 4, 101), span(0, 1, 10), span(1, 2, 20), span(2, 3, 30), span(3, 4, 40)));
    assertThat(spans.newestYear().orElseThrow().value()).isEqualByComparingTo("101");
  }

  @Test
  void the_last_quarter_is_the_year_less_what_came_before_it() {
    // 4 to 7 is known only by the year less its first quarter, plus the next quarter.
    Spans spans = new Spans(List.of(span(0, 4, 100), span(0, 1, 15), span(4, 5, 25)));
    Spans.Year year = spans.newestYear().orElseThrow();
    assertThat(year.value()).isEqualByComparingTo("110");
    assertThat(year.end()).isEqualTo(day(5).minusDays(1));
  }

  @Test
  void too_little_gives_an_earlier_year_or_none() {
    assertThat(new Spans(List.of(span(0, 1, 1), span(1, 2, 2))).newestYear()).isEmpty();
    Spans spans = new Spans(List.of(span(0, 4, 100), span(4, 5, 25)));
    assertThat(spans.newestYear().orElseThrow().end()).isEqualTo(day(4).minusDays(1));
  }

  @Test
  void a_year_of_53_weeks_is_a_year() {
    Fact longYear =
        new Fact(Optional.of(FIRST), FIRST.plusWeeks(53).minusDays(1), BigDecimal.TEN, FIRST, "a");
    assertThat(new Spans(List.of(longYear)).newestYear()).isPresent();
    Fact twoYears = new Fact(Optional.of(FIRST), FIRST.plusWeeks(104), BigDecimal.TEN, FIRST, "a");
    assertThat(new Spans(List.of(twoYears)).newestYear()).isEmpty();
  }

  @Test
  void whatever_is_told_a_year_is_the_sum_of_its_quarters() {
    int found = 0;
    for (long seed = 1; seed <= 300; seed++) {
      SplittableRandom dice = new SplittableRandom(seed);
      long[] quarters = dice.longs(16, -500, 2000).toArray();
      List<Fact> told = told(dice, quarters);
      Spans spans = new Spans(told);
      for (int end = 4; end <= quarters.length; end++) {
        Optional<Spans.Year> year = spans.yearTo(day(end).minusDays(1));
        if (year.isPresent()) {
          found++;
          assertThat(year.get().value())
              .as("seed %s, quarters to %s", seed, end)
              .isEqualByComparingTo(BigDecimal.valueOf(sum(quarters, end - 4, end)));
          assertThat(year.get().start()).isEqualTo(day(end - 4));
        }
      }
    }
    assertThat(found).isGreaterThan(1000);
  }

  /** Of quarters, half years, nine months and years, those that chance tells. */
  private static List<Fact> told(SplittableRandom dice, long[] quarters) {
    List<Fact> told = new ArrayList<>();
    for (int year = 0; year < quarters.length; year += 4) {
      for (int from = year; from < year + 4; from++) {
        for (int to = from + 1; to <= year + 4; to++) {
          boolean usual = to - from == 1 || from == year;
          if (usual && dice.nextDouble() < 0.6) {
            told.add(span(from, to, sum(quarters, from, to)));
          }
        }
      }
    }
    return told;
  }

  private static long sum(long[] quarters, int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += quarters[i];
    }
    return sum;
  }

  private static Fact span(int fromQuarter, int toQuarter, long value) {
    return new Fact(
        Optional.of(day(fromQuarter)),
        day(toQuarter).minusDays(1),
        BigDecimal.valueOf(value),
        day(toQuarter).plusDays(30),
        "a");
  }

  private static LocalDate day(int quarter) {
    return FIRST.plusWeeks((long) WEEKS * quarter);
  }
}
