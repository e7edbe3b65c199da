package io.tasklane.trading.portfolio;

import io.tasklane.trading.format.Decimals;
import io.tasklane.trading.format.JsonText;
import io.tasklane.trading.market.Listings;
import io.tasklane.trading.market.PriceHistory;
import io.tasklane.trading.source.MarketView;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Cross-checks of a position against itself, its fills, its prices and the tracked symbols. */
final class PositionCheck {
  private static final BigDecimal CENT = new BigDecimal("0.01");
  private static final int OLDEST_PRICE = 1;

  private final MarketView view;
  private final Listings listings;

  /**
   * What does not add up.
   *
   * @param symbol of the position
   * @param check SIGN, MARKET_VALUE, FILLS, UNKNOWN_SYMBOL, PRICE_AGE or PRICES
   * @param message for people
   */
  record Finding(String symbol, String check, String message) {
    JsonObject toJson() {
      return JsonText.object()
          .add("symbol", symbol)
          .add("check", check)
          .add("message", message)
          .build();
    }
  }

  PositionCheck(MarketView view, Listings listings) {
    this.view = view;
    this.listings = listings;
  }

  /** Everything wrong with a holding that has a position. */
  List<Finding> findings(Holding holding) {
    List<Finding> findings = new ArrayList<>();
    Position position = holding.position().orElseThrow();
    String symbol = holding.symbol();
    if (!position.hasConsistentSign()) {
      findings.add(
          new Finding(
              symbol,
              "SIGN",
              "quantity " + position.statedQuantity() + " does not fit side " + position.side()));
    }
    BigDecimal value =
        position.quantity().multiply(position.currentPrice()).multiply(position.multiplier());
    if (value.subtract(position.marketValue()).abs().compareTo(CENT) > 0) {
      findings.add(
          new Finding(
              symbol,
              "MARKET_VALUE",
              "quantity x price is "
                  + Decimals.cents(value)
                  + ", stated "
                  + position.marketValue()));
    }
    if (holding.quantityWithoutFills().signum() != 0) {
      findings.add(
          new Finding(
              symbol,
              "FILLS",
              "fills add up to "
                  + Holding.net(holding.fills()).toPlainString()
                  + ", held are "
                  + position.quantity().toPlainString()));
    }
    if (!listings.knows(OptionSymbol.underlying(symbol))) {
      findings.add(new Finding(symbol, "UNKNOWN_SYMBOL", "symbols.csv does not list it"));
    }
    return findings;
  }

  /** Whether the newest price of a share is too old; options have no price file. */
  List<Finding> priceAge(String symbol) {
    if (OptionSymbol.isOption(symbol)) {
      return List.of();
    }
    LocalDate last = PriceHistory.read(view, symbol).last().date();
    int age = view.calendar().tradingDaysBetween(last, view.session());
    return age <= OLDEST_PRICE
        ? List.of()
        : List.of(
            new Finding(
                symbol,
                "PRICE_AGE",
                "the last price, of " + last + ", is " + age + " trading days old"));
  }
}
