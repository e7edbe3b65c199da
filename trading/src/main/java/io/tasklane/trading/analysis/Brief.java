package io.tasklane.trading.analysis;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * All facts of a trading morning, and nothing but facts.
 *
 * @param asOf the day
 * @param tolerance of the trader
 * @param market where asked for
 * @param portfolio where asked for
 * @param symbols those with prices
 */
public record Brief(
    LocalDate asOf,
    RiskTolerance tolerance,
    Optional<MarketConditions> market,
    Optional<PortfolioStatus> portfolio,
    List<SymbolBrief> symbols) {
  /** Keeps an own copy of the list. */
  public Brief {
    symbols = List.copyOf(symbols);
  }
}
