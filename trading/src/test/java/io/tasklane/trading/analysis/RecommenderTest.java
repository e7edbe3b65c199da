package io.tasklane.trading.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.trading.analysis.Recommendation.Action;
import io.tasklane.trading.indicator.IndicatorTable;
import io.tasklane.trading.news.SymbolNews;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RecommenderTest {
  private static final PortfolioStatus RICH = portfolio("100000", "50000", "50000", 5);

  private static PortfolioStatus portfolio(String value, String cash, String invested, int open) {
    return new PortfolioStatus(
        new BigDecimal(value),
        new BigDecimal(cash),
        new BigDecimal(invested),
        open,
        BigDecimal.ZERO);
  }

  /** A price of 100 with averages around it, an RSI of 65 and a range of 2. */
  private static SymbolBrief symbol(double averages, double atr, SymbolNews news, int held) {
    IndicatorTable table =
        new IndicatorTable(
            OptionalDouble.of(averages),
            OptionalDouble.of(averages),
            OptionalDouble.of(averages),
            OptionalDouble.of(averages < 100 ? 65 : 35),
            OptionalDouble.of(averages < 100 ? 1 : -1),
            OptionalDouble.of(atr));
    BigDecimal value = BigDecimal.valueOf(100L * held);
    return new SymbolBrief(
        "AAPL",
        new BigDecimal("100.00"),
        0,
        table,
        news,
        BigDecimal.valueOf(held),
        value,
        held / 1000.0,
        0);
  }

  private static Recommendation recommend(SymbolBrief symbol, PortfolioStatus portfolio) {
    return new Recommender(portfolio, RiskTolerance.MODERATE).recommend(symbol);
  }

  @Test
  void a_rising_price_is_bought_with_target_stop_and_size() {
    Recommendation advice = recommend(symbol(90, 2, SymbolNews.none("AAPL"), 0), RICH);

    // 0.40 x 1 + 0.35 x (0.5 x 1 + 0.5 x 0.75) = 0.70625
    assertThat(advice.action()).isEqualTo(Action.BUY);
    assertThat(advice.confidence()).isEqualTo(0.853125);
    // 3 x 2 above, 1.5 x 2 below: 6 %, R = 2
    Bracket bracket = advice.bracket().orElseThrow();
    assertThat(bracket.target()).isEqualTo("106.00");
    assertThat(bracket.stop()).isEqualTo("97.00");
    assertThat(bracket.rewardToRisk()).isEqualTo("2.00");
    // The stop alone would allow 1000 / 3 = 333 shares, the order cap of 5000 allows 50.
    assertThat(advice.quantity()).isEqualTo("50");
  }

  @Test
  void the_stop_is_never_farther_than_the_limit() {
    // 1.5 x 5 would be 7.50, moderate allows 4 %.
    Recommendation advice = recommend(symbol(90, 5, SymbolNews.none("AAPL"), 0), RICH);
    assertThat(advice.bracket().orElseThrow().stop()).isEqualTo("96.00");
  }

  @Test
  void a_falling_price_is_sold_where_held_and_left_alone_where_not() {
    Recommendation held = recommend(symbol(110, 2, SymbolNews.none("AAPL"), 30), RICH);
    assertThat(held.action()).isEqualTo(Action.SELL);
    assertThat(held.quantity()).isEqualTo("30");
    assertThat(held.bracket().orElseThrow().target()).isEqualTo("94.00");
    Recommendation free = recommend(symbol(110, 2, SymbolNews.none("AAPL"), 0), RICH);
    assertThat(free.action()).isEqualTo(Action.HOLD);
    assertThat(free.reasoning()).contains("nothing is held");
  }

  @Test
  void a_veto_outweighs_the_score() {
    SymbolNews bad = new SymbolNews("AAPL", 1, -0.1, 0.7, -0.9, "Fraud");
    assertHolds(recommend(symbol(90, 2, bad, 0), RICH), "bad news");
    assertHolds(recommend(symbol(90, 2, SymbolNews.none("AAPL"), 160), RICH), "15 %");
    assertHolds(
        recommend(symbol(90, 2, SymbolNews.none("AAPL"), 0), portfolio("100000", "50000", "1", 10)),
        "10 positions");
    PortfolioStatus loser =
        new PortfolioStatus(
            new BigDecimal("97000"), BigDecimal.TEN, BigDecimal.TEN, 1, new BigDecimal("-3000"));
    assertHolds(recommend(symbol(90, 2, SymbolNews.none("AAPL"), 0), loser), "lost 3 %");
  }

  @Test
  void no_room_within_the_caps_is_a_hold() {
    SymbolBrief rising = symbol(90, 2, SymbolNews.none("AAPL"), 0);
    assertHolds(recommend(rising, portfolio("100000", "50.00", "10000", 1)), "no room");
    assertHolds(recommend(rising, portfolio("100000", "50000", "89990", 1)), "no room");
  }

  @Test
  void no_purchase_ever_exceeds_a_cap() {
    for (long seed = 1; seed <= 500; seed++) {
      SplittableRandom dice = new SplittableRandom(seed);
      PortfolioStatus any =
          portfolio(
              "100000",
              String.valueOf(dice.nextInt(100_000)),
              String.valueOf(dice.nextInt(100_000)),
              dice.nextInt(12));
      SymbolBrief symbol =
          symbol(90, 1.7 + 5 * dice.nextDouble(), SymbolNews.none("AAPL"), dice.nextInt(160));
      Recommendation advice = recommend(symbol, any);
      BigDecimal cost = advice.quantity().multiply(symbol.price());
      if (advice.action() == Action.BUY) {
        assertThat(cost).as("seed %s", seed).isLessThanOrEqualTo(new BigDecimal("5000"));
        assertThat(cost).isLessThanOrEqualTo(any.cash());
        assertThat(cost.add(symbol.heldValue())).isLessThanOrEqualTo(new BigDecimal("15000"));
        assertThat(cost.add(any.invested())).isLessThanOrEqualTo(new BigDecimal("90000"));
      } else {
        assertThat(advice.quantity()).isZero();
      }
    }
  }

  @Test
  void several_purchases_share_the_cash_and_the_places_there_are() {
    SymbolBrief rising = symbol(90, 2, SymbolNews.none("AAPL"), 0);
    List<Recommendation> byCash =
        new Recommender(portfolio("100000", "7050", "0", 0), RiskTolerance.MODERATE)
            .recommend(List.of(rising, rising, rising));
    assertThat(byCash.stream().map(each -> each.quantity().intValue())).containsExactly(50, 20, 0);
    List<Recommendation> byPlaces =
        new Recommender(portfolio("100000", "50000", "0", 9), RiskTolerance.MODERATE)
            .recommend(List.of(rising, rising));
    assertHolds(byPlaces.get(1), "10 positions");
  }

  private static void assertHolds(Recommendation advice, String reason) {
    assertThat(advice.action()).isEqualTo(Action.HOLD);
    assertThat(advice.reasoning()).contains(reason);
    assertThat(advice.quantity()).isZero();
  }
}
