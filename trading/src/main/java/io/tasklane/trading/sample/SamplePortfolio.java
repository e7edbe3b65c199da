package io.tasklane.trading.sample;

import io.tasklane.trading.calendar.TradingCalendar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.random.RandomGenerator;

/** Two accounts that trade at random since the beginning of the year before the last session. */
final class SamplePortfolio {
  /** How many sessions two years can have, and a few to spare. */
  static final int LONGEST = 520;

  private static final double TRADE_CHANCE = 0.15;
  private static final double SELL_CHANCE = 0.45;
  private static final BigDecimal ORDER_SHARE = new BigDecimal("0.06");
  private static final BigDecimal HELD_SHARE = new BigDecimal("0.14");

  private final SampleMarket market;
  private final TradingCalendar calendar;

  SamplePortfolio(SampleMarket market, TradingCalendar calendar) {
    this.market = market;
    this.calendar = calendar;
  }

  List<SampleAccount> accounts() {
    return List.of(
        account("SAMPLE-1", 150_000, List.of("AAPL", "MSFT", "NVDA", "JPM", "XOM", "JNJ")),
        account("SAMPLE-2", 60_000, List.of("KO", "JNJ", "AAPL", "CAT")));
  }

  private SampleAccount account(String number, long dollars, List<String> pool) {
    BigDecimal deposit = BigDecimal.valueOf(dollars);
    SampleAccount account = new SampleAccount(number, deposit);
    LocalDate since = LocalDate.of(market.session().getYear() - 1, 1, 1);
    RandomGenerator dice = Dice.of(market.seed(), number + " since " + since);
    for (SampleDay day : market.days(pool.get(0))) {
      LocalDate session = day.bar().date();
      if (!session.isBefore(since) && dice.nextDouble() < TRADE_CHANCE) {
        Instant time = calendar.open(session).plus(Duration.ofMinutes(1 + dice.nextInt(200)));
        String symbol = pool.get(dice.nextInt(pool.size()));
        trade(account, deposit, time, symbol, session, dice.nextDouble() < SELL_CHANCE);
      }
    }
    return account;
  }

  private void trade(
      SampleAccount account,
      BigDecimal deposit,
      Instant time,
      String symbol,
      LocalDate session,
      boolean sell) {
    BigDecimal price = price(symbol, session);
    BigDecimal held = account.quantity(symbol);
    if (sell && held.signum() > 0) {
      BigDecimal half = held.divide(BigDecimal.valueOf(2), 0, RoundingMode.UP);
      account.trade(time, symbol, half.negate(), price);
      return;
    }
    BigDecimal order = deposit.multiply(ORDER_SHARE);
    BigDecimal shares = order.divide(price, 0, RoundingMode.DOWN);
    boolean affordable = account.cash().compareTo(order.add(order)) > 0;
    boolean fits = held.add(shares).multiply(price).compareTo(deposit.multiply(HELD_SHARE)) < 0;
    if (shares.signum() > 0 && affordable && fits) {
      account.trade(time, symbol, shares, price);
    }
  }

  /** Halfway between the session's open and close. */
  private BigDecimal price(String symbol, LocalDate session) {
    SampleDay day =
        market.days(symbol).stream()
            .filter(each -> each.bar().date().equals(session))
            .findFirst()
            .orElseThrow();
    return day.bar()
        .open()
        .add(day.bar().close())
        .divide(BigDecimal.valueOf(2), 2, RoundingMode.HALF_EVEN);
  }
}
