package io.tasklane.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuantilesTest {
  @Test
  void a_percentile_is_a_figure_that_was_measured_by_nearest_rank() {
    double[] hundred = IntStream.rangeClosed(1, 100).mapToDouble(i -> i).toArray();
    Quantiles quantiles = new Quantiles(hundred);
    assertThat(quantiles.percentile(50)).isEqualTo(50);
    assertThat(quantiles.percentile(99)).isEqualTo(99);
    assertThat(quantiles.percentile(100)).isEqualTo(100);
    assertThat(quantiles.percentile(0.1)).isEqualTo(1);
  }

  @Test
  void of_few_figures_the_ninety_ninth_percentile_is_the_largest() {
    assertThat(new Quantiles(3, 1, 2).percentile(99)).isEqualTo(3);
    assertThat(new Quantiles(7).percentile(1)).isEqualTo(7);
  }

  @Test
  void the_order_in_which_figures_came_does_not_count() {
    assertThat(new Quantiles(9, 1, 5, 3, 7).median()).isEqualTo(5);
    assertThat(new Quantiles(9, 1, 5, 3, 7).maximum()).isEqualTo(9);
  }

  @Test
  void the_median_of_an_even_number_lies_half_way() {
    assertThat(new Quantiles(4, 1, 2, 3).median()).isEqualTo(2.5);
  }

  @Test
  void figures_are_not_changed_by_looking_at_them() {
    double[] figures = {3, 1, 2};
    new Quantiles(figures).median();
    assertThat(figures).containsExactly(3, 1, 2);
  }

  @Test
  void nothing_has_no_quantile_and_no_place_lies_outside() {
    assertThatIllegalArgumentException().isThrownBy(Quantiles::new);
    assertThatIllegalArgumentException().isThrownBy(() -> new Quantiles(1).percentile(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Quantiles(1).percentile(101));
  }
}
