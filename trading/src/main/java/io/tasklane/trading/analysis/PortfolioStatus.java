package io.tasklane.trading.analysis;

import io.tasklane.task.FailureException;
import io.tasklane.task.Run;
import io.tasklane.trading.format.Decimals;
import io.tasklane.trading.format.JsonText;
import io.tasklane.trading.portfolio.Gain;
import io.tasklane.trading.portfolio.Holding;
import io.tasklane.trading.portfolio.Period;
import io.tasklane.trading.portfolio.Portfolio;
import io.tasklane.trading.portfolio.Position;
import io.tasklane.trading.portfolio.Valuation;
import io.tasklane.trading.source.MarketView;
import jakarta.json.JsonObject;
import java.math.BigDecimal;

/**
 * The portfolio as a whole.
 *
 * @param totalValue equity of all accounts
 * @param cash of all accounts
 * @param invested sum of the positions' absolute values
 * @param openPositions how many symbols are held
 * @param overnightPnl gain since the previous close on what was held then
 */
public record PortfolioStatus(
    BigDecimal totalValue,
    BigDecimal cash,
    BigDecimal invested,
    int openPositions,
    BigDecimal overnightPnl) {

  /** Sums up a portfolio; a holding without the prices for its overnight gain adds none. */
  static PortfolioStatus of(Run run, MarketView view, Portfolio portfolio) {
    Valuation valuation = new Valuation(view);
    BigDecimal overnight = BigDecimal.ZERO;
    for (Holding holding : portfolio.holdings()) {
      overnight = overnight.add(overnight(run, valuation, holding));
    }
    return new PortfolioStatus(
        portfolio.equity(),
        portfolio.cash(),
        portfolio.positions().stream()
            .map(position -> position.marketValue().abs())
            .reduce(BigDecimal.ZERO, BigDecimal::add),
        (int) portfolio.positions().stream().map(Position::symbol).distinct().count(),
        overnight);
  }

  /** As it will be once that much is bought, of a symbol that is held already or not. */
  PortfolioStatus afterBuying(BigDecimal cost, boolean isHeld) {
    return new PortfolioStatus(
        totalValue,
        cash.subtract(cost),
        invested.add(cost),
        openPositions + (isHeld ? 0 : 1),
        overnightPnl);
  }

  /** Overnight gain in percent of the value before it. */
  public BigDecimal overnightPercent() {
    return Decimals.percent(overnightPnl, totalValue.subtract(overnightPnl));
  }

  /** Positions as a share of the total value. */
  public BigDecimal exposure() {
    return Decimals.share(invested, totalValue);
  }

  JsonObject toJson() {
    return JsonText.object()
        .add("total_value", Decimals.cents(totalValue))
        .add("cash_balance", Decimals.cents(cash))
        .add("invested", Decimals.cents(invested))
        .add("exposure", exposure())
        .add("open_positions", openPositions)
        .add("overnight_pnl", Decimals.cents(overnightPnl))
        .add("overnight_pnl_percentage", overnightPercent())
        .build();
  }

  static PortfolioStatus fromJson(JsonObject json) {
    PassedOn facts = new PassedOn("portfolio_status", json);
    return new PortfolioStatus(
        facts.decimal("total_value"),
        facts.decimal("cash_balance"),
        facts.decimal("invested"),
        facts.count("open_positions"),
        facts.decimal("overnight_pnl"));
  }

  private static BigDecimal overnight(Run run, Valuation valuation, Holding holding) {
    try {
      return valuation.gain(holding, Period.OVERNIGHT).total();
    } catch (FailureException e) {
      run.log("overnight gain without " + holding.symbol() + ": " + e.getMessage());
      return Gain.NONE.total();
    }
  }
}
