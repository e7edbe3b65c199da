package io.tasklane.trading.analysis;

import java.math.BigDecimal;

/** The caps that no recommendation exceeds, as shares of the portfolio's total value. */
final class Limits {
  /** What one new order may cost. */
  static final BigDecimal ORDER = new BigDecimal("0.05");

  /** What may be held of one symbol. */
  static final BigDecimal SYMBOL = new BigDecimal("0.15");

  /** What all positions may be worth. */
  static final BigDecimal EXPOSURE = new BigDecimal("0.90");

  /** What an order may lose at its stop. */
  static final BigDecimal RISK_PER_TRADE = new BigDecimal("0.01");

  /** What a target must promise at least, as a share of the price. */
  static final BigDecimal MARGIN = new BigDecimal("0.05");

  /** What a target must promise at least for each unit of risk to the stop. */
  static final BigDecimal REWARD_TO_RISK = BigDecimal.ONE;

  /** How many symbols may be held. */
  static final int OPEN_POSITIONS = 10;

  private Limits() {}
}
