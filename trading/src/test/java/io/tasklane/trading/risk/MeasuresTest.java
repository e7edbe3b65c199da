package io.tasklane.trading.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tasklane.trading.market.Bar;
import io.tasklane.trading.market.Listing;
import io.tasklane.trading.market.Listings;
import io.tasklane.trading.market.PriceHistory;
import io.tasklane.trading.portfolio.Position;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds of the measures whatever is held. */
class MeasuresTest {
  private static final Listings LISTED =
      new Listings(
          Map.of(
              "A", new Listing("A", "A", "Tech", List.of()),
              "B", new Listing("B", "B", "Tech", List.of()),
              "C", new Listing("C", "C", "", List.of())));
  private static final BigDecimal EQUITY = new BigDecimal("1000000");

  @Test
  void weights_and_index_keep_within_their_bounds() {
    for (long seed = 1; seed <= 200; seed++) {
      Held held = held(positions(new SplittableRandom(seed)), EQUITY);
      List<Reading> all = readings(held);
      double gross = value(all, RiskMeasure.GROSS_EXPOSURE);
      double heaviest = value(all, RiskMeasure.SYMBOL_WEIGHT);
      double hhi = value(all, RiskMeasure.HHI);
      assertThat(value(all, RiskMeasure.NET_EXPOSURE))
          .as("seed %s", seed)
          .isLessThanOrEqualTo(gross);
      assertThat(heaviest).isLessThanOrEqualTo(gross);
      assertThat(hhi).isBetween(heaviest * heaviest - 1e-5, heaviest * gross + 1e-5);
      assertThat(held.longValue().subtract(held.shortValue())).isEqualByComparingTo(held.net());
      assertThat(RiskScore.of(all)).isBetween(BigDecimal.ZERO, BigDecimal.TEN);
    }
  }

  @Test
  void neither_the_order_of_positions_nor_the_currency_unit_matters() {
    for (long seed = 1; seed <= 100; seed++) {
      List<Position> positions = new ArrayList<>(positions(new SplittableRandom(seed)));
      List<Reading> readings = readings(held(positions, EQUITY));
      Collections.shuffle(positions, new Random(seed));
      assertThat(readings(held(positions, EQUITY))).hasSameElementsAs(readings);
      BigDecimal hundred = BigDecimal.valueOf(100);
      List<Position> inCents =
          positions.stream()
              .map(each -> worth(each, each.marketValue().multiply(hundred)))
              .toList();
      assertThat(readings(held(inCents, EQUITY.multiply(hundred)))).hasSameElementsAs(readings);
    }
  }

  @Test
  void a_lower_limit_never_gives_a_lower_score_nor_fewer_breaches() {
    for (long seed = 1; seed <= 100; seed++) {
      Held held = held(positions(new SplittableRandom(seed)), EQUITY);
      BigDecimal before = BigDecimal.ZERO;
      long breaches = 0;
      for (String limit : List.of("0.9", "0.5", "0.2", "0.05", "0.01")) {
        RiskLimits limits =
            new RiskLimits(Map.of(RiskMeasure.SYMBOL_WEIGHT, new BigDecimal(limit)));
        List<Reading> readings = Concentration.of(held, limits);
        assertThat(RiskScore.of(readings)).isGreaterThanOrEqualTo(before);
        assertThat(readings.stream().filter(Reading::isBreach).count())
            .isGreaterThanOrEqualTo(breaches);
        before = RiskScore.of(readings);
        breaches = readings.stream().filter(Reading::isBreach).count();
      }
    }
  }

  @Test
  void the_same_value_on_n_symbols_has_an_index_of_one_nth_of_the_square() {
    List<Position> even =
        IntStream.range(0, 5).mapToObj(i -> shares("S" + i, 10, "20000")).toList();
    // Five times 2 % of equity: 5 x 0.02^2
    assertThat(value(Concentration.of(held(even, EQUITY), RiskLimits.USUAL), RiskMeasure.HHI))
        .isEqualTo(0.002);
  }

  @Test
  void long_and_short_of_one_sector_offset_but_both_are_at_stake() {
    Held held = held(List.of(shares("A", 10, "100000"), shares("B", -10, "-60000")), EQUITY);
    List<Reading> all = readings(held);
    assertThat(value(all, RiskMeasure.SECTOR_WEIGHT)).isEqualTo(0.04);
    assertThat(value(all, RiskMeasure.GROSS_EXPOSURE)).isEqualTo(0.16);
    assertThat(value(all, RiskMeasure.NET_EXPOSURE)).isEqualTo(0.04);
    // A sector that is short in all weighs as much as one that is long.
    Held shorted = held(List.of(shares("A", 10, "20000"), shares("B", -10, "-60000")), EQUITY);
    assertThat(value(readings(shorted), RiskMeasure.SECTOR_WEIGHT)).isEqualTo(0.04);
  }

  @Test
  void an_option_weighs_its_price_but_levers_the_shares_behind_it() {
    Held held =
        held(List.of(shares("A", 10, "1000"), shares("A261218C00190000", 2, "800")), EQUITY);
    assertThat(held.stakes()).hasSize(1);
    StakePrices prices = prices(history("A", 30, i -> 100, i -> 5000));
    List<Reading> all = Exposure.of(held, prices, RiskLimits.USUAL);
    assertThat(value(all, RiskMeasure.GROSS_EXPOSURE)).isEqualTo(0.0018);
    // 1000 + 2 x 100 x 100.00
    assertThat(value(all, RiskMeasure.LEVERAGE)).isEqualTo(0.021);
  }

  @Test
  void selling_takes_a_tenth_of_the_volume_of_the_last_twenty_sessions() {
    Held held = held(List.of(shares("A", 600, "1000"), shares("A", -400, "-700")), EQUITY);
    // Ten sessions of 1,000,000 are too old; then 20 of 500, of which 50 each.
    PriceHistory prices = history("A", 30, i -> 100, i -> i < 10 ? 1_000_000 : 500);
    List<Reading> days = Liquidity.of(held, prices(prices), RiskLimits.USUAL);
    assertThat(value(days, RiskMeasure.DAYS_TO_LIQUIDATE)).isEqualTo(20);
    assertThat(days.get(0).severity()).isEqualTo(Reading.Severity.CRITICAL);
  }

  @Test
  void a_market_of_two_moves_as_their_mean() {
    double[] moves = new SplittableRandom(7).doubles(40, -0.02, 0.02).toArray();
    PriceHistory calm = moving("A", moves, 1);
    PriceHistory lively = moving("B", moves, 3);
    Beta beta = Beta.against(List.of(calm, lively));
    assertThat(beta.of(calm).getAsDouble()).isCloseTo(0.5, within(0.001));
    assertThat(beta.of(lively).getAsDouble()).isCloseTo(1.5, within(0.001));
    // Half of the equity in the lively one, a quarter of it short in the calm one.
    Held held = held(List.of(shares("B", 1, "500000"), shares("A", -1, "-250000")), EQUITY);
    StakePrices prices = prices(calm, lively);
    assertThat(value(Exposure.of(held, prices, RiskLimits.USUAL), RiskMeasure.BETA))
        .isCloseTo(0.625, within(0.001));
  }

  @Test
  void too_few_sessions_or_a_market_that_stands_still_give_no_beta() {
    double[] few = new SplittableRandom(7).doubles(19, -0.02, 0.02).toArray();
    PriceHistory prices = moving("A", few, 1);
    assertThat(Beta.against(List.of(prices)).of(prices)).isEmpty();
    PriceHistory flat = history("A", 40, i -> 100, i -> 1);
    assertThat(Beta.against(List.of(flat)).of(flat)).isEmpty();
  }

  @Test
  void the_overall_score_lies_between_the_mean_and_the_worst() {
    assertThat(RiskScore.overall(List.of(BigDecimal.TEN, BigDecimal.ZERO))).isEqualTo("7.50");
    assertThat(RiskScore.overall(List.of(new BigDecimal("4.00")))).isEqualTo("4.00");
  }

  private static List<Reading> readings(Held held) {
    List<Reading> all = new ArrayList<>(Concentration.of(held, RiskLimits.USUAL));
    all.addAll(Exposure.of(held, prices(), RiskLimits.USUAL));
    return all;
  }

  private static double value(List<Reading> readings, RiskMeasure measure) {
    return readings.stream()
        .filter(reading -> reading.measure() == measure)
        .mapToDouble(reading -> reading.value().doubleValue())
        .max()
        .orElseThrow();
  }

  private static Held held(List<Position> positions, BigDecimal equity) {
    return new Held(equity, Stake.of(positions, LISTED));
  }

  private static List<Position> positions(SplittableRandom dice) {
    return IntStream.range(0, 1 + dice.nextInt(12))
        .mapToObj(
            i -> {
              long cents = dice.nextLong(-30_000_000, 30_000_000);
              String symbol = String.valueOf((char) ('A' + dice.nextInt(8)));
              return shares(symbol, cents < 0 ? -1 : 1, BigDecimal.valueOf(cents, 2).toString());
            })
        .toList();
  }

  private static Position shares(String symbol, long quantity, String value) {
    return new Position(
        "",
        symbol,
        BigDecimal.valueOf(quantity),
        quantity < 0 ? Position.Side.SHORT : Position.Side.LONG,
        BigDecimal.ONE,
        BigDecimal.ONE,
        Optional.empty(),
        new BigDecimal(value));
  }

  private static Position worth(Position position, BigDecimal value) {
    return new Position(
        position.account(),
        position.symbol(),
        position.statedQuantity(),
        position.side(),
        position.averageEntryPrice(),
        position.currentPrice(),
        position.lastDayPrice(),
        value);
  }

  private static StakePrices prices(PriceHistory... known) {
    List<SymbolFacts> facts =
        List.of(known).stream()
            .map(prices -> new SymbolFacts(Optional.of(prices), BigDecimal.ZERO))
            .toList();
    return StakePrices.of(facts, List.of(known));
  }

  private static PriceHistory moving(String symbol, double[] moves, double times) {
    double[] closes = new double[moves.length + 1];
    closes[0] = 1000;
    for (int i = 0; i < moves.length; i++) {
      closes[i + 1] = closes[i] * (1 + times * moves[i]);
    }
    return history(symbol, closes.length, i -> closes[i], i -> 1000);
  }

  private static PriceHistory history(
      String symbol, int sessions, IntToDoubleFunction close, IntToLongFunction volume) {
    List<Bar> bars =
        IntStream.range(0, sessions)
            .mapToObj(
                i -> {
                  BigDecimal price = BigDecimal.valueOf(close.applyAsDouble(i));
                  LocalDate day = LocalDate.of(2026, 1, 1).plusDays(i);
                  BigDecimal traded = BigDecimal.valueOf(volume.applyAsLong(i));
                  return new Bar(day, price, price, price, price, traded);
                })
            .toList();
    return new PriceHistory(symbol, bars, false);
  }
}
