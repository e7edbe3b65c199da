package io.tasklane.trading.fundamentals;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Picks, out of all facts known on a day, the newest that describe the company. What the facts do
 * not give stays away: nothing is made up for it.
 */
final class Pick {
  private final CompanyFacts facts;
  private final Map<String, DataPoint> points = new TreeMap<>();

  private Pick(CompanyFacts facts) {
    this.facts = facts;
  }

  /**
   * The data points by name: revenue, revenue_before, net_income, net_income_before, eps, equity,
   * assets, debt, shares_outstanding, public_float; each only where the facts give it.
   *
   * @param facts as known on the day
   */
  static Map<String, DataPoint> from(CompanyFacts facts) {
    Pick pick = new Pick(facts);
    pick.year("revenue", Concept.REVENUE);
    pick.year("net_income", Concept.NET_INCOME);
    pick.eps();
    pick.balance("equity", Concept.EQUITY);
    pick.balance("assets", Concept.ASSETS);
    pick.debt();
    pick.balance("shares_outstanding", Concept.SHARES_OUTSTANDING);
    pick.balance("public_float", Concept.PUBLIC_FLOAT);
    return pick.points;
  }

  /** The newest twelve months under any name, and the twelve before them under the same name. */
  private void year(String name, Concept concept) {
    newestYear(concept)
        .ifPresent(
            point -> {
              points.put(name, point);
              Spans spans = new Spans(facts.latest(point.concept()));
              spans
                  .yearTo(point.end())
                  .flatMap(year -> spans.yearTo(year.start().minusDays(1)))
                  .ifPresent(
                      year -> points.put(name + "_before", DataPoint.of(year, point.concept())));
            });
  }

  private Optional<DataPoint> newestYear(Concept concept) {
    Optional<DataPoint> newest = Optional.empty();
    for (String name : concept.names()) {
      Optional<DataPoint> point =
          new Spans(facts.latest(name)).newestYear().map(year -> DataPoint.of(year, name));
      if (point.isPresent()
          && (newest.isEmpty() || point.get().end().isAfter(newest.get().end()))) {
        newest = point;
      }
    }
    return newest;
  }

  /**
   * A year's as it was reported. Over trailing months it is net income divided by the shares of the
   * newest span: quarters' figures cannot be added up across a split of the shares. Only where the
   * number of shares is not told, they are.
   */
  private void eps() {
    DataPoint income = points.get("net_income");
    if (income != null && !income.isReportedYear()) {
      Optional<DataPoint> divided = divided(income);
      if (divided.isPresent()) {
        points.put("eps", divided.get());
        return;
      }
    }
    newestYear(Concept.EPS).ifPresent(point -> points.put("eps", point));
  }

  private Optional<DataPoint> divided(DataPoint income) {
    for (String name : Concept.EPS_SHARES.names()) {
      Optional<Fact> shares =
          facts.latest(name).stream()
              .filter(fact -> fact.isOfSpan() && fact.end().equals(income.end()))
              .filter(fact -> fact.value().signum() > 0)
              .min(Comparator.comparingLong(Fact::days));
      if (shares.isPresent()) {
        BigDecimal eps = income.value().divide(shares.get().value(), 4, RoundingMode.HALF_EVEN);
        String concept = income.concept() + " / " + name;
        return Optional.of(new DataPoint(eps, income.end(), income.basis(), concept));
      }
    }
    return Optional.empty();
  }

  /** The newest under any name; of one day under two names, the preferred one. */
  private void balance(String name, Concept concept) {
    DataPoint newest = null;
    for (String called : concept.names()) {
      for (Fact fact : facts.latest(called)) {
        boolean newer = newest == null || fact.end().isAfter(newest.end());
        if (fact.start().isEmpty() && newer) {
          newest = new DataPoint(fact.value(), fact.end(), DataPoint.DAY, called);
        }
      }
    }
    if (newest != null) {
      points.put(name, newest);
    }
  }

  /** On the day of the equity, from whichever parts the balance of that day tells. */
  private void debt() {
    DataPoint equity = points.get("equity");
    if (equity == null) {
      return;
    }
    LocalDate day = equity.end();
    List<DataPoint> parts = new ArrayList<>();
    on(day, Concept.TOTAL_DEBT).ifPresent(parts::add);
    if (parts.isEmpty()) {
      on(day, Concept.LONG_TERM_DEBT)
          .ifPresentOrElse(
              parts::add,
              () -> {
                on(day, Concept.NONCURRENT_DEBT).ifPresent(parts::add);
                on(day, Concept.CURRENT_DEBT).ifPresent(parts::add);
              });
      on(day, Concept.SHORT_TERM_DEBT).ifPresent(parts::add);
    }
    if (!parts.isEmpty()) {
      BigDecimal sum =
          parts.stream().map(DataPoint::value).reduce(BigDecimal.ZERO, BigDecimal::add);
      String concepts = String.join(" + ", parts.stream().map(DataPoint::concept).toList());
      points.put("debt", new DataPoint(sum, day, DataPoint.DAY, concepts));
    }
  }

  private Optional<DataPoint> on(LocalDate day, Concept concept) {
    for (String name : concept.names()) {
      for (Fact fact : facts.latest(name)) {
        if (fact.start().isEmpty() && fact.end().equals(day)) {
          return Optional.of(new DataPoint(fact.value(), day, DataPoint.DAY, name));
        }
      }
    }
    return Optional.empty();
  }
}
