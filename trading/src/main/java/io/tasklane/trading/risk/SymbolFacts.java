package io.tasklane.trading.risk;

import io.tasklane.task.FailureException;
import io.tasklane.task.Run;
import io.tasklane.trading.market.Listing;
import io.tasklane.trading.market.Listings;
import io.tasklane.trading.market.PriceHistory;
import io.tasklane.trading.portfolio.Gain;
import io.tasklane.trading.portfolio.Holding;
import io.tasklane.trading.portfolio.Period;
import io.tasklane.trading.portfolio.Portfolio;
import io.tasklane.trading.portfolio.Position;
import io.tasklane.trading.portfolio.Valuation;
import io.tasklane.trading.run.EachSymbol;
import io.tasklane.trading.run.Stop;
import io.tasklane.trading.source.MarketView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the checks need of one symbol beyond the portfolio's files.
 *
 * @param prices where a check reads prices
 * @param dayGain since the previous close; 0 where no check asks
 */
record SymbolFacts(Optional<PriceHistory> prices, BigDecimal dayGain) {

  /** Gathers them symbol by symbol; a symbol whose prices are missing fails alone. */
  static EachSymbol<SymbolFacts> gather(
      Run run, MarketView view, Portfolio portfolio, Held held, Set<RiskCheck> checks)
      throws InterruptedException {
    Stream<String> symbols = held.stakes().stream().map(Stake::symbol);
    if (checks.contains(RiskCheck.LOSSES)) {
      // What was closed today has gained or lost today, too.
      symbols = portfolio.holdings().stream().map(holding -> Position.underlying(holding.symbol()));
    }
    return EachSymbol.work(
        run, symbols.distinct().toList(), symbol -> of(symbol, view, portfolio, held, checks));
  }

  /** The prices of all tracked symbols; one without prices does not count. */
  static List<PriceHistory> market(Run run, MarketView view, Listings listings)
      throws InterruptedException {
    List<PriceHistory> market = new ArrayList<>();
    for (Listing listing : listings.bySymbol().values()) {
      Stop.ifAsked(run);
      try {
        market.add(PriceHistory.read(view, listing.symbol()));
      } catch (FailureException e) {
        run.log("market: " + listing.symbol() + " does not count: " + e.getMessage());
      }
    }
    return market;
  }

  private static SymbolFacts of(
      String symbol, MarketView view, Portfolio portfolio, Held held, Set<RiskCheck> checks) {
    Optional<Stake> stake =
        held.stakes().stream().filter(each -> each.symbol().equals(symbol)).findFirst();
    Optional<PriceHistory> prices = Optional.empty();
    if (stake.isPresent()
        && (checks.contains(RiskCheck.EXPOSURE) || checks.contains(RiskCheck.LIQUIDITY))) {
      prices = Optional.of(PriceHistory.read(view, symbol));
    }
    if (prices.isPresent() && checks.contains(RiskCheck.LIQUIDITY)) {
      Liquidity.requireVolume(stake.get(), prices.get());
    }
    return new SymbolFacts(
        prices,
        checks.contains(RiskCheck.LOSSES) ? dayGain(symbol, view, portfolio) : BigDecimal.ZERO);
  }

  private static BigDecimal dayGain(String symbol, MarketView view, Portfolio portfolio) {
    Valuation valuation = new Valuation(view);
    Gain gain = Gain.NONE;
    for (Holding holding : portfolio.holdings()) {
      if (Position.underlying(holding.symbol()).equals(symbol)) {
        gain = gain.plus(valuation.gain(holding, Period.DAY));
      }
    }
    return gain.total();
  }
}
