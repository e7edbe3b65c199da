package io.tasklane.trading.sample;

import io.tasklane.trading.portfolio.LotBook;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An account that trades: every fill moves its cash and its lots, so the books always balance. */
final class SampleAccount {
  private static final BigDecimal FEE = BigDecimal.ONE;
  private static final BigDecimal FEE_PER_SHARE = new BigDecimal("0.005");

  private final String number;
  private final List<String> fills = new ArrayList<>();
  private final Map<String, LotBook> books = new TreeMap<>();
  private BigDecimal cash;

  SampleAccount(String number, BigDecimal deposit) {
    this.number = number;
    this.cash = deposit;
  }

  String number() {
    return number;
  }

  BigDecimal cash() {
    return cash;
  }

  /** The rows of fills.csv, oldest first, each beginning with its time. */
  List<String> fills() {
    return fills;
  }

  /** The lots held, by symbol. */
  Map<String, LotBook> books() {
    return books;
  }

  BigDecimal quantity(String symbol) {
    LotBook book = books.get(symbol);
    return book == null ? BigDecimal.ZERO : book.quantity();
  }

  /** Buys (above 0) or sells (below 0) whole shares. */
  void trade(Instant time, String symbol, BigDecimal quantity, BigDecimal price) {
    BigDecimal fee =
        FEE.add(FEE_PER_SHARE.multiply(quantity.abs())).setScale(2, RoundingMode.HALF_EVEN);
    books.computeIfAbsent(symbol, any -> new LotBook()).book(time, quantity, price);
    cash = cash.subtract(quantity.multiply(price)).subtract(fee);
    String side = quantity.signum() > 0 ? "buy" : "sell";
    fills.add(
        String.join(
            ",",
            time.toString(),
            number,
            symbol,
            side,
            quantity.abs().toPlainString(),
            price.toPlainString(),
            fee.toPlainString()));
  }
}
