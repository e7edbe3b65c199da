package io.tasklane.trading.risk;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;

/** Readings as one number from 0 (nothing at risk) to 10 (twice a limit, or more). */
final class RiskScore {
  private static final BigDecimal AT_LIMIT = BigDecimal.valueOf(5);
  private static final BigDecimal MOST = BigDecimal.TEN;

  private RiskScore() {}

  /** Of one check: by the reading that is farthest towards, or over, its limit; 5 at the limit. */
  static BigDecimal of(List<Reading> readings) {
    return readings.stream()
        .map(Reading::ratio)
        .reduce(BigDecimal.ZERO, BigDecimal::max)
        .multiply(AT_LIMIT)
        .min(MOST)
        .setScale(2, RoundingMode.HALF_EVEN);
  }

  /** Of all checks: halfway between the worst and the mean, so that no mean hides the worst. */
  static BigDecimal overall(Collection<BigDecimal> scores) {
    BigDecimal worst = scores.stream().reduce(BigDecimal.ZERO, BigDecimal::max);
    BigDecimal sum = scores.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal count = BigDecimal.valueOf(Math.max(1, scores.size()));
    return worst.multiply(count).add(sum).divide(count.add(count), 2, RoundingMode.HALF_EVEN);
  }
}
