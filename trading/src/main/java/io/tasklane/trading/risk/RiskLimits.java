package io.tasklane.trading.risk;

import io.tasklane.trading.format.DataFault;
import io.tasklane.trading.format.JsonText;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How much is allowed of each measure.
 *
 * @param byMeasure one limit for each measure, from {@link #LEAST} to {@link #MOST}
 */
public record RiskLimits(Map<RiskMeasure, BigDecimal> byMeasure) {
  /** The smallest limit: below it every portfolio is over. */
  public static final BigDecimal LEAST = new BigDecimal("0.000001");

  /** The largest limit: above it none is. */
  public static final BigDecimal MOST = new BigDecimal("1000");

  /** What {@link #isAllowed} accepts, for messages. */
  public static final String ALLOWED = "a number from 0.000001 to 1000";

  /** The limits where nobody says otherwise. */
  public static final RiskLimits USUAL = new RiskLimits(Map.of());

  private static final List<String> NAMES =
      Arrays.stream(RiskMeasure.values()).map(RiskMeasure::limitName).toList();

  /** Checks the given limits and takes the usual one for each that is missing. */
  public RiskLimits {
    Map<RiskMeasure, BigDecimal> all = new EnumMap<>(RiskMeasure.class);
    for (RiskMeasure measure : RiskMeasure.values()) {
      BigDecimal limit = byMeasure.getOrDefault(measure, measure.usualLimit());
      if (!isAllowed(limit)) {
        throw new IllegalArgumentException(measure.limitName() + " = " + limit + ": " + ALLOWED);
      }
      all.put(measure, limit);
    }
    byMeasure = Map.copyOf(all);
  }

  /** Whether a number may be a limit. */
  public static boolean isAllowed(BigDecimal limit) {
    return limit.compareTo(LEAST) >= 0 && limit.compareTo(MOST) <= 0;
  }

  /** How much of a measure is allowed. */
  public BigDecimal of(RiskMeasure measure) {
    return byMeasure.get(measure);
  }

  /** A value beside the limit of its measure. */
  Reading reading(RiskMeasure measure, String subject, BigDecimal value) {
    return new Reading(measure, subject, value, of(measure));
  }

  /** These limits, with those of the input field alert_thresholds over them. */
  RiskLimits with(JsonObject thresholds) {
    Map<RiskMeasure, BigDecimal> all = new EnumMap<>(byMeasure);
    thresholds.forEach(
        (name, value) -> {
          if (!NAMES.contains(name)) {
            throw DataFault.input("alert_thresholds", name, String.join(", ", NAMES));
          }
          if (!(value instanceof JsonNumber number) || !isAllowed(number.bigDecimalValue())) {
            throw DataFault.input("alert_thresholds." + name, value.toString(), ALLOWED);
          }
          all.put(RiskMeasure.values()[NAMES.indexOf(name)], number.bigDecimalValue());
        });
    return new RiskLimits(all);
  }

  JsonObject toJson() {
    JsonObjectBuilder json = JsonText.object();
    for (RiskMeasure measure : RiskMeasure.values()) {
      json.add(measure.limitName(), of(measure));
    }
    return json.build();
  }
}
