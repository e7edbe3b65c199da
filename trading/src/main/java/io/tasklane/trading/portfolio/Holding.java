package io.tasklane.trading.portfolio;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A position with the fills behind it, or fills whose position is gone.
 *
 * @param account whose it is; empty for a position that names none among several accounts
 * @param symbol ticker or OSI option
 * @param position empty where nothing is held any more
 * @param fills oldest first
 */
public record Holding(
    String account, String symbol, Optional<Position> position, List<Fill> fills) {
  /** Keeps an own copy of the fills. */
  public Holding {
    fills = List.copyOf(fills);
  }

  /** The signed quantity held. */
  public BigDecimal quantity() {
    return position.map(Position::quantity).orElse(BigDecimal.ZERO);
  }

  /** How much more is held than the fills add up to: 0 where they tell the whole story. */
  public BigDecimal quantityWithoutFills() {
    return quantity().subtract(net(fills));
  }

  /** How many shares one unit stands for. */
  public BigDecimal multiplier() {
    return OptionSymbol.multiplier(symbol);
  }

  /**
   * The lots by all fills up to an instant. What was held without a fill, such as shares
   * transferred in, counts as the oldest lot at the position's average entry price.
   */
  public LotBook lots(Instant upTo) {
    LotBook book = new LotBook();
    BigDecimal entry = position.map(Position::averageEntryPrice).orElse(BigDecimal.ZERO);
    book.book(Instant.EPOCH, quantityWithoutFills(), entry);
    fills.stream()
        .filter(fill -> !fill.time().isAfter(upTo))
        .forEach(fill -> book.book(fill.time(), fill.quantity(), fill.price()));
    return book;
  }

  /** The signed sum of fills. */
  static BigDecimal net(List<Fill> fills) {
    return fills.stream().map(Fill::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
