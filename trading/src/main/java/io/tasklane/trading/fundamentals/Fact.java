package io.tasklane.trading.fundamentals;

import io.tasklane.trading.format.JsonRecord;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/**
 * One figure of one filing.
 *
 * @param start first day of the span it is about; empty for a figure of one day, as in a balance
 * @param end last day of the span, or that day
 * @param value in the unit of its concept
 * @param filed when it became known
 * @param accession number of the filing
 */
record Fact(
    Optional<LocalDate> start, LocalDate end, BigDecimal value, LocalDate filed, String accession) {
  /** Annual and quarterly reports, and what amends them; others repeat figures, or guess. */
  private static final Set<String> FORMS = Set.of("10-K", "10-Q", "10-KT", "10-QT", "20-F", "40-F");

  /** Shorter than a quarter of 12 weeks, or longer than a year of 53, and it is something else. */
  private static final int SHORTEST_DAYS = 80;

  private static final int LONGEST_DAYS = 380;

  /** Reads one; empty where it stems from a form that does not count. */
  static Optional<Fact> of(JsonRecord json) {
    String form = json.text("form");
    if (!FORMS.contains(form.endsWith("/A") ? form.substring(0, form.length() - 2) : form)) {
      return Optional.empty();
    }
    Fact fact =
        new Fact(
            json.optionalDate("start"),
            json.date("end"),
            json.decimal("val"),
            json.date("filed"),
            json.text("accn"));
    if (fact.start.isPresent() && fact.start.get().isAfter(fact.end)) {
      throw json.fault("start", "a day that is not after end");
    }
    return Optional.of(fact);
  }

  /** Whether it is about a quarter, a year, or what lies between. */
  boolean isOfSpan() {
    return start.isPresent() && days() >= SHORTEST_DAYS && days() <= LONGEST_DAYS;
  }

  /** How many days its span has, the first and the last included. */
  long days() {
    return ChronoUnit.DAYS.between(start.orElse(end), end) + 1;
  }

  /** The first day after its span. */
  LocalDate after() {
    return end.plusDays(1);
  }
}
