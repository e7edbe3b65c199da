package io.tasklane.trading.sample;

import io.tasklane.trading.market.Bar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.random.RandomGenerator;

/** The walk of one symbol's price, one session after the other. */
final class SampleWalk {
  /** Pulls the price back to its level, slowly, so that ten years do not lead anywhere absurd. */
  private static final double PULL = 0.002;

  private static final double NEWS_CHANCE = 0.025;
  private static final double OVERNIGHT_SHARE = 0.35;

  private final RandomGenerator dice;
  private final double level;
  private final double beta;
  private final double swing;
  private final long usualVolume;
  private double deviation;
  private double close;

  SampleWalk(RandomGenerator dice) {
    this.dice = dice;
    this.level = 25 * Math.exp(2.5 * dice.nextDouble());
    this.beta = 0.6 + 0.9 * dice.nextDouble();
    this.swing = 0.007 + 0.011 * dice.nextDouble();
    this.usualVolume = 1_000_000L + dice.nextLong(30_000_000L);
    this.close = level;
  }

  /** The price that it swings about. */
  double level() {
    return level;
  }

  SampleDay next(LocalDate session, double market, double sector) {
    // Every session throws the dice equally often, so that no day shifts those after it.
    double own = swing * dice.nextGaussian();
    double chance = dice.nextDouble();
    double size = 0.03 + 0.05 * dice.nextDouble();
    double up = swing * Math.abs(dice.nextGaussian()) / 2;
    double down = swing * Math.abs(dice.nextGaussian()) / 2;
    double busy = Math.exp(0.3 * dice.nextGaussian());

    double jump = chance < NEWS_CHANCE ? size : chance > 1 - NEWS_CHANCE ? -size : 0;
    double move = beta * market + sector + own;
    double open = close * Math.exp(OVERNIGHT_SHARE * move + jump);
    deviation += move + jump - PULL * deviation;
    close = level * Math.exp(deviation);
    double high = Math.max(open, close) * (1 + up);
    double low = Math.min(open, close) * (1 - down);
    long volume = Math.round(usualVolume * busy * (jump == 0 ? 1 : 3));
    Bar bar =
        new Bar(
            session,
            price(open),
            price(high),
            price(low),
            price(close),
            BigDecimal.valueOf(volume));
    return new SampleDay(bar, jump);
  }

  private static BigDecimal price(double value) {
    return BigDecimal.valueOf(Math.max(1, value)).setScale(2, RoundingMode.HALF_EVEN);
  }
}
