package io.tasklane.trading.market;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * One session's prices of one symbol, in the currency of the listing.
 *
 * @param date the session
 * @param open first price
 * @param high highest price, not below open, low and close
 * @param low lowest price, above 0
 * @param close last price
 * @param volume shares traded, not negative
 */
public record Bar(
    LocalDate date,
    BigDecimal open,
    BigDecimal high,
    BigDecimal low,
    BigDecimal close,
    BigDecimal volume) {

  /** Whether high and low enclose open and close. */
  public boolean isConsistent() {
    return high.compareTo(open.max(close)) >= 0 && low.compareTo(open.min(close)) <= 0;
  }
}
