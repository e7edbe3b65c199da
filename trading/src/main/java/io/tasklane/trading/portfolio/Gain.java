package io.tasklane.trading.portfolio;

import java.math.BigDecimal;
import java.util.List;

/**
 * What holdings gained over a period, unrounded.
 *
 * @param realised by closing lots
 * @param unrealised on open lots
 * @param fees of the period's fills, not negative
 * @param invested what the lots cost, the base of percentages
 */
public record Gain(
    BigDecimal realised, BigDecimal unrealised, BigDecimal fees, BigDecimal invested) {
  /** Nothing gained. */
  public static final Gain NONE =
      new Gain(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

  /** Realised and unrealised, less fees. */
  public BigDecimal total() {
    return realised.add(unrealised).subtract(fees);
  }

  /** Both together. */
  public Gain plus(Gain other) {
    return new Gain(
        realised.add(other.realised),
        unrealised.add(other.unrealised),
        fees.add(other.fees),
        invested.add(other.invested));
  }

  /** The same before fees. */
  public Gain withoutFees() {
    return new Gain(realised, unrealised, BigDecimal.ZERO, invested);
  }

  static Gain of(LotBook book, BigDecimal now, BigDecimal multiplier, List<Fill> fills) {
    BigDecimal fees = fills.stream().map(Fill::fee).reduce(BigDecimal.ZERO, BigDecimal::add);
    return new Gain(
        book.realised().multiply(multiplier),
        book.unrealised(now).multiply(multiplier),
        fees,
        book.opened().multiply(multiplier));
  }
}
