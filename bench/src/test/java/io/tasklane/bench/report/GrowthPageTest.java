package io.tasklane.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Grown;
import io.tasklane.bench.figure.Measure;
import io.tasklane.bench.figure.Unit;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrowthPageTest {
  private static final String WRITTEN_BY_HAND = "# Benchmarks\n\n## Growth\n\nBy hand.\n";

  @Test
  void every_size_is_a_line_and_every_quantity_a_column_with_its_ratio() {
    assertThat(page(MeasuredRuns.growth(1000)))
        .contains(
            "| queues | run rate, tasks/s | of the limit | memory of broker, MB |"
                + " memory of node, MB |\n"
                + "|---|---|---|---|---|\n"
                + "| 1 | **1,000** | 0.50 | **250** | **501** |\n"
                + "| 10 | **100** | 0.05 | **250** | **510** |\n")
        .contains("Limit of the run rate: updates, by one client.")
        .contains("](benchmarks-growth.svg)");
  }

  @Test
  void of_several_runs_the_median_counts_and_the_spread_is_shown() {
    assertThat(page(MeasuredRuns.growth(1000), MeasuredRuns.growth(800), MeasuredRuns.growth(1400)))
        .contains("| 1 | **1,000** (800 to 1,400) | 0.50 |", "medians of 3 runs");
  }

  @Test
  void each_thing_that_grew_has_a_table_of_its_own_with_its_sizes_ascending() {
    Figures nodes =
        MeasuredRuns.growth(1000).add(nodes(3, 900)).add(nodes(1, 500)).add(nodes(2, 800));
    assertThat(page(nodes))
        .contains("| queues | run rate")
        .contains(
            "| nodes | run rate, tasks/s |\n|---|---|\n"
                + "| 1 | **500** |\n| 2 | **800** |\n| 3 | **900** |\n");
  }

  @Test
  void what_was_not_measured_at_a_size_is_left_empty() {
    Figures more = MeasuredRuns.growth(1000);
    more.add(Measure.of(new Grown("queues", 100, "memory of node").name(), Unit.MEGABYTES, 700));
    assertThat(page(more)).contains("| 100 | | | | **700** |\n");
  }

  @Test
  void a_row_that_says_no_size_is_refused() {
    Figures other = MeasuredRuns.growth(1).add(Measure.of("a hop", Unit.MILLISECONDS, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> page(other));
  }

  private static Measure nodes(int count, double rate) {
    return Measure.of(new Grown("nodes", count, "run rate").name(), Unit.TASKS_PER_SECOND, rate);
  }

  private static String page(Figures... runs) {
    return GrowthPage.of(new Runs(List.of(runs)), List.of()).into(WRITTEN_BY_HAND);
  }
}
