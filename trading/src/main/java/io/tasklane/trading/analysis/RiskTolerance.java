package io.tasklane.trading.analysis;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** How much risk a trader takes: it widens the distance to the stop and what counts as a gap. */
public enum RiskTolerance {
  /** Stops within 2 % of the price. */
  CONSERVATIVE("0.02", 1.5),
  /** Stops within 4 %. */
  MODERATE("0.04", 2.0),
  /** Stops within 6 %. */
  AGGRESSIVE("0.06", 2.5);

  /** The words of inputs, the default first. */
  static final List<String> WORDS = List.of("moderate", "conservative", "aggressive");

  private final BigDecimal stopLimit;
  private final double notableGap;

  RiskTolerance(String stopLimit, double notableGap) {
    this.stopLimit = new BigDecimal(stopLimit);
    this.notableGap = notableGap;
  }

  /** The greatest distance of a stop, as a share of the price. */
  public BigDecimal stopLimit() {
    return stopLimit;
  }

  /** From how many percent an overnight gap calls for action. */
  public double notableGap() {
    return notableGap;
  }

  /** The word in inputs and results. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RiskTolerance of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
