package io.tasklane.trading.portfolio;

import io.tasklane.trading.format.DataFault;
import io.tasklane.trading.market.Bar;
import io.tasklane.trading.market.PriceHistory;
import io.tasklane.trading.source.MarketView;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Reckons what a holding gained, by one rule for all periods: lots held at the period's start enter
 * a {@link LotBook} at the start's price, the period's fills are booked on them, and what is left
 * is valued at today's price.
 */
public final class Valuation {
  private final MarketView view;

  /** Values holdings as that view sees them. */
  public Valuation(MarketView view) {
    this.view = view;
  }

  /**
   * The gain over a period.
   *
   * @throws io.tasklane.task.FailureException permanent, if a price that is needed is missing
   */
  public Gain gain(Holding holding, Period period) {
    if (period == Period.TOTAL) {
      return total(holding);
    }
    List<Fill> recent = recent(holding);
    BigDecimal held = heldAtPreviousClose(holding);
    if (recent.isEmpty() && held.signum() == 0) {
      return Gain.NONE;
    }
    Prices prices = Prices.of(view, holding);
    List<Fill> booked = period == Period.OVERNIGHT ? List.of() : recent;
    LotBook book = new LotBook();
    if (held.signum() != 0) {
      BigDecimal start = period == Period.INTRADAY ? prices.open() : prices.previousClose();
      book.book(view.previousClose(), held, start);
    }
    booked.forEach(fill -> book.book(fill.time(), fill.quantity(), fill.price()));
    return Gain.of(book, now(book, prices), holding.multiplier(), booked);
  }

  private Gain total(Holding holding) {
    if (holding.position().isEmpty() && holding.quantityWithoutFills().signum() != 0) {
      throw DataFault.missing(
          Fill.FILE
              + " leaves "
              + Holding.net(holding.fills()).toPlainString()
              + " "
              + holding.symbol()
              + ", but "
              + Position.FILE
              + " has no such position");
    }
    LotBook book = holding.lots(view.instant());
    List<Fill> booked =
        holding.fills().stream().filter(fill -> !fill.time().isAfter(view.instant())).toList();
    BigDecimal now =
        book.quantity().signum() == 0 ? BigDecimal.ZERO : Prices.of(view, holding).now();
    return Gain.of(book, now, holding.multiplier(), booked);
  }

  private BigDecimal heldAtPreviousClose(Holding holding) {
    List<Fill> later =
        holding.fills().stream().filter(fill -> fill.time().isAfter(view.previousClose())).toList();
    return holding.quantity().subtract(Holding.net(later));
  }

  private List<Fill> recent(Holding holding) {
    return holding.fills().stream()
        .filter(fill -> fill.time().isAfter(view.previousClose()))
        .filter(fill -> !fill.time().isAfter(view.instant()))
        .toList();
  }

  private static BigDecimal now(LotBook book, Prices prices) {
    return book.quantity().signum() == 0 ? BigDecimal.ZERO : prices.now();
  }

  /** The prices of one holding; an option has no price file, only what the broker states. */
  private record Prices(Holding holding, LocalDate session, Optional<PriceHistory> history) {

    static Prices of(MarketView view, Holding holding) {
      Optional<PriceHistory> history =
          OptionSymbol.isOption(holding.symbol())
              ? Optional.empty()
              : Optional.of(PriceHistory.read(view, holding.symbol()));
      return new Prices(holding, view.session(), history);
    }

    /** The broker's current price, unless the day looked at is long over. */
    BigDecimal now() {
      boolean past = history.map(PriceHistory::goesOn).orElse(false);
      return holding
          .position()
          .filter(position -> !past)
          .map(Position::currentPrice)
          .or(() -> history.map(prices -> prices.last().close()))
          .orElseThrow(() -> missing("price"));
    }

    BigDecimal previousClose() {
      return history
          .flatMap(prices -> prices.before(session))
          .map(Bar::close)
          .or(() -> holding.position().flatMap(Position::lastDayPrice))
          .orElseThrow(() -> missing("close before " + session));
    }

    BigDecimal open() {
      return history
          .flatMap(prices -> prices.on(session))
          .map(Bar::open)
          .orElseThrow(() -> missing("bar of session " + session + ", whose open is needed"));
    }

    private RuntimeException missing(String what) {
      return DataFault.missing("prices/" + holding.symbol() + ".csv has no " + what);
    }
  }
}
