package io.tasklane.trading.fundamentals;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a quantity came to in twelve months, from the spans that filings report.
 *
 * <p>Filings report years, quarters, and what has come together since the year began; the last
 * quarter of a year hardly ever. But spans that follow on one another add up, and spans that begin
 * or end together leave their difference: the year that ended in December, plus January to
 * September of this year, less January to September of the last, are the twelve months to
 * September. Taken as ways between days, the shortest way from the end of the twelve months to
 * their beginning is the sum of the fewest figures.
 */
final class Spans {
  private static final int MOST_STEPS = 8;

  /** A year of 52 weeks and one of 53 lie so far apart. */
  private static final long SLACK_DAYS = 8;

  private final List<Fact> facts;

  /** Made of facts of one name, one for each span; those of no span do not count. */
  Spans(List<Fact> facts) {
    this.facts =
        facts.stream()
            .filter(Fact::isOfSpan)
            .sorted(
                Comparator.comparingLong(Fact::days)
                    .thenComparing(Fact::filed)
                    .thenComparing(Fact::end)
                    .reversed())
            .toList();
  }

  /**
   * A way from the end of a span to an earlier or later day.
   *
   * @param day where it has come to: the first day of what it sums up
   * @param sum of the figures on the way, added or subtracted
   * @param steps how many figures
   */
  private record Way(LocalDate day, BigDecimal sum, int steps) {}

  /**
   * A sum over twelve months.
   *
   * @param start first day
   * @param end last day
   * @param value what it came to
   * @param figures how many reported figures make it; 1 is a year that was reported as such
   */
  record Year(LocalDate start, LocalDate end, BigDecimal value, int figures) {}

  /** The newest twelve months that the spans give. */
  Optional<Year> newestYear() {
    TreeSet<LocalDate> ends = new TreeSet<>(Comparator.reverseOrder());
    facts.forEach(fact -> ends.add(fact.end()));
    return ends.stream().flatMap(end -> yearTo(end).stream()).findFirst();
  }

  /** The twelve months that end on that day, where the spans give them. */
  Optional<Year> yearTo(LocalDate end) {
    LocalDate begin = end.plusDays(1);
    LocalDate target = begin.minusYears(1);
    Map<LocalDate, Way> seen = new HashMap<>();
    List<Way> front = List.of(new Way(begin, BigDecimal.ZERO, 0));
    seen.put(begin, front.get(0));
    while (!front.isEmpty() && front.get(0).steps < MOST_STEPS) {
      front = next(front, seen);
      Optional<Way> arrived = arrived(front, target);
      if (arrived.isPresent()) {
        Way way = arrived.get();
        return Optional.of(new Year(way.day, end, way.sum, way.steps));
      }
    }
    return Optional.empty();
  }

  private List<Way> next(List<Way> front, Map<LocalDate, Way> seen) {
    List<Way> next = new ArrayList<>();
    for (Way way : front) {
      for (Fact fact : facts) {
        LocalDate start = fact.start().orElseThrow();
        if (fact.after().equals(way.day)) {
          add(next, seen, new Way(start, way.sum.add(fact.value()), way.steps + 1));
        } else if (start.equals(way.day)) {
          add(next, seen, new Way(fact.after(), way.sum.subtract(fact.value()), way.steps + 1));
        }
      }
    }
    return next;
  }

  private static void add(List<Way> next, Map<LocalDate, Way> seen, Way way) {
    if (seen.putIfAbsent(way.day, way) == null) {
      next.add(way);
    }
  }

  private static Optional<Way> arrived(List<Way> front, LocalDate target) {
    return front.stream()
        .filter(way -> distance(way.day, target) <= SLACK_DAYS)
        .min(Comparator.comparingLong(way -> distance(way.day, target)));
  }

  private static long distance(LocalDate a, LocalDate b) {
    return Math.abs(ChronoUnit.DAYS.between(a, b));
  }
}
