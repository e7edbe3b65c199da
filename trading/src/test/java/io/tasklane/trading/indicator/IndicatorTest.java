package io.tasklane.trading.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IndicatorTest {
  /** The worked example that chart schools publish for Wilder's index. */
  private static final double[] CLOSES = {
    44.3389, 44.0902, 44.1497, 43.6124, 44.3278, 44.8264, 45.0955, 45.4245, 45.8433, 46.0826,
    45.8931, 46.0328, 45.6140, 46.2820, 46.2820, 46.0028, 46.0328, 46.4116, 46.2222, 45.6439
  };

  @Test
  void the_relative_strength_index_gives_the_published_values() {
    assertThat(rsi(15)).isCloseTo(70.53, within(0.01));
    assertThat(rsi(16)).isCloseTo(66.32, within(0.01));
    assertThat(rsi(17)).isCloseTo(66.55, within(0.01));
    assertThat(rsi(20)).isCloseTo(57.97, within(0.06));
    assertThat(Momentum.rsi(Arrays.copyOf(CLOSES, 14), 14)).isEmpty();
  }

  @Test
  void a_price_that_never_moves_has_neither_strength_nor_speed() {
    double[] flat = IntStream.range(0, 60).mapToDouble(i -> 100).toArray();
    assertThat(Momentum.rsi(flat, 14)).hasValue(50);
    assertThat(Momentum.macdHistogram(flat)).hasValue(0);
    assertThat(Range.atr(flat, flat, flat, 14)).hasValue(0);
  }

  @Test
  void averages_weigh_as_their_formula_says() {
    double[] values = {1, 2, 3, 4, 8};
    assertThat(Averages.simple(values, 2)).hasValue(6);
    assertThat(Averages.simple(values, 6)).isEmpty();
    // Begun with (1+2+3)/3 = 2, factor 1/2: 2 + (4-2)/2 = 3, then 3 + (8-3)/2 = 5.5
    assertThat(Averages.exponential(values, 3)).containsExactly(2, 3, 5.5);
    // Factor 1/3: 2 + 2/3, then 8/3 + (8 - 8/3)/3
    assertThat(Averages.wilder(values, 3)[2]).isCloseTo(4.4444, within(0.0001));
  }

  @Test
  void macd_follows_a_price_that_turns() {
    double[] falling = IntStream.range(0, 60).mapToDouble(i -> 200 - i).toArray();
    double[] turned = falling.clone();
    IntStream.range(55, 60).forEach(i -> turned[i] = turned[54] + 3 * (i - 54));
    // A straight line keeps both averages at a fixed distance, so the histogram is 0.
    assertThat(Momentum.macdHistogram(falling).getAsDouble()).isCloseTo(0, within(1e-9));
    assertThat(Momentum.macdHistogram(turned).getAsDouble()).isGreaterThan(0.5);
    assertThat(Momentum.macdHistogram(Arrays.copyOf(falling, 33))).isEmpty();
  }

  @Test
  void the_true_range_counts_the_gap_from_the_close_before() {
    double[] highs = {10, 15, 15};
    double[] lows = {9, 14, 13};
    double[] closes = {9.5, 14.5, 14};
    // max(15, 9.5) - min(14, 9.5) = 5.5 and 15 - 13 = 2
    assertThat(Range.atr(highs, lows, closes, 2)).hasValue(3.75);
    assertThat(Range.atr(highs, lows, closes, 3)).isEmpty();
  }

  private static double rsi(int closes) {
    return Momentum.rsi(Arrays.copyOf(CLOSES, closes), 14).getAsDouble();
  }
}
