package io.tasklane.trading.risk;

import io.tasklane.trading.market.Listing;
import io.tasklane.trading.market.Listings;
import io.tasklane.trading.portfolio.Position;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All that is held of one symbol, in all accounts, with the options on it.
 *
 * @param symbol ticker
 * @param sector as symbols.csv has it; "unknown" where it has none
 * @param positions never empty
 */
record Stake(String symbol, String sector, List<Position> positions) {
  private static final String NO_SECTOR = "unknown";

  /** Keeps an own copy of the positions. */
  Stake {
    positions = List.copyOf(positions);
  }

  /** The stakes behind positions, in the order of their first positions. */
  static List<Stake> of(List<Position> positions, Listings listings) {
    Map<String, List<Position>> bySymbol = new LinkedHashMap<>();
    for (Position position : positions) {
      bySymbol.computeIfAbsent(position.underlying(), any -> new ArrayList<>()).add(position);
    }
    List<Stake> stakes = new ArrayList<>();
    bySymbol.forEach((symbol, of) -> stakes.add(new Stake(symbol, sector(symbol, listings), of)));
    return stakes;
  }

  /** The market value, options included; below 0 when short. */
  BigDecimal value() {
    return sum(positions.stream().map(Position::marketValue).toList());
  }

  /** The market values without their signs. */
  BigDecimal gross() {
    return sum(positions.stream().map(position -> position.marketValue().abs()).toList());
  }

  /** The value of shares alone; below 0 when short. */
  BigDecimal shareValue() {
    return sum(shares().map(Position::marketValue).toList());
  }

  /** The value of shares without its signs; long and short of two accounts add up. */
  BigDecimal grossShareValue() {
    return sum(shares().map(position -> position.marketValue().abs()).toList());
  }

  /** How many shares there are to sell or to buy back; long and short of two accounts add up. */
  BigDecimal sharesToTrade() {
    return sum(shares().map(position -> position.quantity().abs()).toList());
  }

  /** How many shares the options stand for, long and short together. */
  BigDecimal sharesBehindOptions() {
    return sum(
        positions.stream()
            .filter(Position::isOption)
            .map(position -> position.quantity().abs().multiply(position.multiplier()))
            .toList());
  }

  private Stream<Position> shares() {
    return positions.stream().filter(position -> !position.isOption());
  }

  private static BigDecimal sum(List<BigDecimal> amounts) {
    return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static String sector(String symbol, Listings listings) {
    Listing listing = listings.bySymbol().get(symbol);
    return listing == null || listing.sector().isEmpty() ? NO_SECTOR : listing.sector();
  }
}
