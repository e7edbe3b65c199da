package io.tasklane.trading.fundamentals;

import io.tasklane.trading.format.JsonText;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The figures of one company in a result: those that were picked, and the ratios that follow from
 * them. A figure that cannot be told is null, and its reason is told instead.
 */
final class Figures {
  /** A year, and the months until the next annual report has to be there. */
  private static final int OLDEST_DAYS = 500;

  private static final int DIGITS = 4;

  private final Kept kept;
  private final LocalDate oldest;
  private final Map<String, BigDecimal> known = new LinkedHashMap<>();
  private final Map<String, String> missing = new LinkedHashMap<>();

  private Figures(Kept kept, LocalDate asOf) {
    this.kept = kept;
    this.oldest = asOf.minusDays(OLDEST_DAYS);
  }

  /** Of the types asked for; the ratios with a price are made by {@link #addPriced}. */
  static Figures of(Kept kept, LocalDate asOf, Set<DataType> types) {
    Figures figures = new Figures(kept, asOf);
    if (types.contains(DataType.FINANCIALS)) {
      figures.addFinancials();
    }
    if (types.contains(DataType.RATIOS)) {
      figures.addRatios();
    }
    if (types.contains(DataType.OWNERSHIP)) {
      figures.add("shares_outstanding", "shares_outstanding");
      figures.add("public_float", "public_float");
    }
    return figures;
  }

  /** Price / earnings, and price / book value, of one share. */
  void addPriced(BigDecimal price) {
    put("price", Optional.of(price));
    ratio("pe_ratio", Optional.of(price), "eps");
    ratio("pb_ratio", point("pb_ratio", "shares_outstanding").map(price::multiply), "equity");
  }

  /** Says why there is no ratio with a price. */
  void withoutPrice(String reason) {
    known.put("pe_ratio", null);
    known.put("pb_ratio", null);
    missing.put("pe_ratio", reason);
    missing.put("pb_ratio", reason);
  }

  void describe(JsonObjectBuilder json) {
    known.forEach(
        (name, value) -> {
          if (value == null) {
            json.addNull(name);
          } else {
            json.add(name, value);
          }
        });
    JsonObjectBuilder reasons = JsonText.object();
    missing.forEach(reasons::add);
    json.add("missing", reasons);
  }

  private void addFinancials() {
    add("revenue", "revenue");
    add("net_income", "net_income");
    add("eps", "eps");
    growth("revenue_growth", "revenue");
    growth("earnings_growth", "net_income");
  }

  private void addRatios() {
    ratio("debt_to_equity", point("debt_to_equity", "debt"), "equity");
    ratio("roe", point("roe", "net_income"), "equity");
    ratio("roa", point("roa", "net_income"), "assets");
  }

  private void add(String name, String pointName) {
    put(name, point(name, pointName));
  }

  /** Against the twelve months before: change over what was, without its sign. */
  private void growth(String name, String pointName) {
    Optional<BigDecimal> now = point(name, pointName);
    DataPoint before = kept.points().get(pointName + "_before");
    if (now.isPresent() && (before == null || before.value().signum() == 0)) {
      missing.put(
          name,
          before == null
              ? "no twelve months before those to " + kept.points().get(pointName).end()
              : pointName + " of the twelve months before was 0");
      now = Optional.empty();
    }
    put(name, now.map(value -> divided(value.subtract(before.value()), before.value().abs())));
  }

  /** A part over a point that has to be above 0 for the ratio to mean something. */
  private void ratio(String name, Optional<BigDecimal> part, String wholeName) {
    Optional<BigDecimal> whole = part.isEmpty() ? part : point(name, wholeName);
    if (whole.isPresent() && whole.get().signum() <= 0) {
      missing.put(name, wholeName + " is not above 0");
      whole = Optional.empty();
    }
    put(name, whole.map(value -> divided(part.get(), value)));
  }

  /** A point that is there and not too old, else the reason why its figure is missing. */
  private Optional<BigDecimal> point(String name, String pointName) {
    DataPoint point = kept.points().get(pointName);
    if (point == null) {
      missing.put(name, "the filings do not tell " + pointName.replace('_', ' '));
      return Optional.empty();
    }
    if (point.end().isBefore(oldest)) {
      missing.put(name, pointName.replace('_', ' ') + " was last told of " + point.end());
      return Optional.empty();
    }
    return Optional.of(point.value());
  }

  private void put(String name, Optional<BigDecimal> value) {
    known.put(name, value.orElse(null));
  }

  private static BigDecimal divided(BigDecimal part, BigDecimal whole) {
    return part.divide(whole, DIGITS, RoundingMode.HALF_EVEN);
  }
}
