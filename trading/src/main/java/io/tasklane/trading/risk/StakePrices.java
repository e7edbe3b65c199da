package io.tasklane.trading.risk;

import io.tasklane.trading.market.PriceHistory;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The daily prices behind stakes, and the market that they are compared with. */
final class StakePrices {
  private final Map<String, PriceHistory> bySymbol;
  private final Beta beta;

  private StakePrices(Map<String, PriceHistory> bySymbol, Beta beta) {
    this.bySymbol = bySymbol;
    this.beta = beta;
  }

  /** The prices gathered, beside a market of these symbols. */
  static StakePrices of(List<SymbolFacts> facts, List<PriceHistory> market) {
    return new StakePrices(
        facts.stream()
            .flatMap(each -> each.prices().stream())
            .collect(Collectors.toMap(PriceHistory::symbol, Function.identity())),
        Beta.against(market));
  }

  boolean knows(Stake stake) {
    return bySymbol.containsKey(stake.symbol());
  }

  /** The last close. */
  BigDecimal last(Stake stake) {
    return of(stake).last().close();
  }

  OptionalDouble beta(Stake stake) {
    return beta.of(of(stake));
  }

  /** Of a stake that it knows. */
  PriceHistory of(Stake stake) {
    return bySymbol.get(stake.symbol());
  }
}
