package io.tasklane.trading.risk;

import io.tasklane.trading.format.JsonText;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * What was measured, beside what is allowed.
 *
 * @param measure of what
 * @param subject the symbol, or for a sector's weight the sector; empty for the whole portfolio
 * @param value 0 or more
 * @param limit above 0
 */
record Reading(RiskMeasure measure, String subject, BigDecimal value, BigDecimal limit) {
  private static final BigDecimal NEAR = new BigDecimal("0.8");
  private static final BigDecimal FAR = new BigDecimal("1.5");

  /** How bad a reading is, in the words of alerts. */
  enum Severity {
    /** At most four fifths of the limit: no alert. */
    NONE,
    /** Near the limit, or at it. */
    WARNING,
    /** Over the limit. */
    ERROR,
    /** Over the limit by half of it or more. */
    CRITICAL
  }

  /** The value in units of the limit: 1 at the limit. */
  BigDecimal ratio() {
    return value.divide(limit, 6, RoundingMode.HALF_EVEN);
  }

  Severity severity() {
    if (value.compareTo(limit) > 0) {
      return value.compareTo(limit.multiply(FAR)) >= 0 ? Severity.CRITICAL : Severity.ERROR;
    }
    return value.compareTo(limit.multiply(NEAR)) > 0 ? Severity.WARNING : Severity.NONE;
  }

  /** Whether the limit is broken; exactly at the limit it is kept. */
  boolean isBreach() {
    return value.compareTo(limit) > 0;
  }

  boolean isOfSector() {
    return measure == RiskMeasure.SECTOR_WEIGHT;
  }

  /** The symbol it is about, or empty. */
  String symbol() {
    return isOfSector() ? "" : subject;
  }

  /** As an alert. */
  JsonObject toJson() {
    return JsonText.object()
        .add("check", measure.check().word())
        .add("measure", measure.word())
        .add("severity", severity().name().toLowerCase(Locale.ROOT))
        .add("symbol", symbol())
        .add("sector", isOfSector() ? subject : "")
        .add("value", value)
        .add("limit", limit)
        .add("message", message())
        .build();
  }

  /** For people. */
  String message() {
    String whose = subject.isEmpty() ? "the portfolio" : subject;
    String side = isBreach() ? " is above the limit of " : " is near the limit of ";
    return measure.word().replace('_', ' ')
        + " of "
        + whose
        + ": "
        + value.toPlainString()
        + (value.compareTo(limit) == 0 ? " is at the limit of " : side)
        + limit.toPlainString();
  }
}
