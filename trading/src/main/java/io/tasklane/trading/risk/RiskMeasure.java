package io.tasklane.trading.risk;

import java.math.BigDecimal;
import java.util.Locale;

/** What is measured, and how much of it is allowed where nobody says otherwise. */
public enum RiskMeasure {
  /** The value held of one symbol, as a share of equity. */
  SYMBOL_WEIGHT(RiskCheck.CONCENTRATION, "0.15"),
  /** The value held in one sector, as a share of equity. */
  SECTOR_WEIGHT(RiskCheck.CONCENTRATION, "0.40"),
  /** Herfindahl-Hirschman index: the sum of the squares of all symbols' shares of equity. */
  HHI(RiskCheck.CONCENTRATION, "0.10"),
  /** Long and short values together, as a share of equity. */
  GROSS_EXPOSURE(RiskCheck.EXPOSURE, "0.90"),
  /** Long less short values without their sign, as a share of equity. */
  NET_EXPOSURE(RiskCheck.EXPOSURE, "0.90"),
  /** As the gross exposure, but options count with the shares behind them. */
  LEVERAGE(RiskCheck.EXPOSURE, "1.0"),
  /** By how many percent the portfolio moves when the market moves by one; without its sign. */
  BETA(RiskCheck.EXPOSURE, "1.5"),
  /** How many symbols are held. */
  OPEN_POSITIONS(RiskCheck.EXPOSURE, "10"),
  /** Sessions it takes to sell all of a symbol at a tenth of its average volume. */
  DAYS_TO_LIQUIDATE(RiskCheck.LIQUIDITY, "5"),
  /** How far a position stands below its cost, as a share of the cost: where its stop lies. */
  SYMBOL_LOSS(RiskCheck.LOSSES, "0.02"),
  /** What all positions below their cost have lost together, as a share of equity. */
  OPEN_LOSS(RiskCheck.LOSSES, "0.10"),
  /** What was lost since the previous close, as a share of the equity then. */
  DAILY_LOSS(RiskCheck.LOSSES, "0.03");

  private final RiskCheck check;
  private final BigDecimal usualLimit;

  RiskMeasure(RiskCheck check, String usualLimit) {
    this.check = check;
    this.usualLimit = new BigDecimal(usualLimit);
  }

  RiskCheck check() {
    return check;
  }

  /** The limit where neither task nor configuration says otherwise. */
  public BigDecimal usualLimit() {
    return usualLimit;
  }

  /** The word in results, such as "symbol_weight". */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What its limit is called in inputs, such as "max_symbol_weight". */
  public String limitName() {
    return "max_" + word();
  }
}
