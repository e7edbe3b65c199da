package io.tasklane.trading.sample;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.random.RandomGenerator;

/**
 * A company's books, quarter by quarter: invented, but in proportion to its price. A quarter does
 * not depend on which session is the last.
 */
final class SampleCompany {
  private static final long MILLION = 1_000_000;
  private static final double NO_DEBT_CHANCE = 0.15;

  private final long seed;
  private final String symbol;
  private final double level;
  private final long millionShares;
  private final double priceToEarnings;
  private final double priceToBook;
  private final double margin;
  private final double assetsToEquity;
  private final double debtToEquity;
  private final int revenueName;

  /**
   * A company.
   *
   * @param level price that its shares swing about
   */
  SampleCompany(long seed, String symbol, double level) {
    RandomGenerator dice = Dice.of(seed, "company " + symbol);
    this.seed = seed;
    this.symbol = symbol;
    this.level = level;
    this.millionShares = 300 + dice.nextLong(5000);
    this.priceToEarnings = 12 + 22 * dice.nextDouble();
    this.priceToBook = 1.5 + 6.5 * dice.nextDouble();
    this.margin = 0.06 + 0.22 * dice.nextDouble();
    this.assetsToEquity = 1.8 + 2.4 * dice.nextDouble();
    double debt = 0.1 + 1.1 * dice.nextDouble();
    this.debtToEquity = dice.nextDouble() < NO_DEBT_CHANCE ? 0 : debt;
    this.revenueName = dice.nextInt(3);
  }

  /**
   * A quarter's figures, money in millions.
   *
   * @param end last day of a calendar quarter
   */
  record Quarter(
      LocalDate end, long revenue, long netIncome, long equity, long assets, long debt) {}

  Quarter quarter(LocalDate end) {
    RandomGenerator year = Dice.of(seed, "year " + symbol + " " + end.getYear());
    RandomGenerator dice = Dice.of(seed, "quarter " + symbol + " " + end);
    double season = end.getMonthValue() == 12 ? 1.12 : 0.96;
    double trend = Math.exp(0.06 * year.nextGaussian() + 0.04 * dice.nextGaussian());
    double capital = level * millionShares;
    double earned = capital / priceToEarnings / 4 * season * trend;
    double sold = earned / margin * Math.exp(0.03 * dice.nextGaussian());
    double own = capital / priceToBook * Math.exp(0.02 * dice.nextGaussian());
    return new Quarter(
        end,
        Math.round(sold),
        Math.round(earned),
        Math.round(own),
        Math.round(own * assetsToEquity),
        Math.round(own * debtToEquity));
  }

  boolean hasDebt() {
    return debtToEquity > 0;
  }

  /** Which of the names for revenue it uses, 0 to 2. */
  int revenueName() {
    return revenueName;
  }

  long shares() {
    return millionShares * MILLION;
  }

  /** Millions as whole dollars. */
  static BigDecimal dollars(long millions) {
    return BigDecimal.valueOf(millions * MILLION);
  }
}
