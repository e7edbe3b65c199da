package io.tasklane.trading.portfolio;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * Shares got in one fill and not given away yet.
 *
 * @param time when
 * @param quantity signed: below 0 for a short lot
 * @param price per share
 */
public record Lot(Instant time, BigDecimal quantity, BigDecimal price) {
  Lot withQuantity(BigDecimal rest) {
    return new Lot(time, rest, price);
  }

  BigDecimal gainAt(BigDecimal now) {
    return quantity.multiply(now.subtract(price));
  }
}
