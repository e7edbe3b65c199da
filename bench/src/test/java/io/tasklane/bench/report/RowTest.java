package io.tasklane.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Measure;
import io.tasklane.bench.figure.Unit;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {
  private final Row row = new Runs(MeasuredRuns.three()).rows().get(0);

  @Test
  void every_figure_is_the_median_of_its_own_runs() {
    assertThat(row.tasklane()).isEqualTo(900);
    assertThat(row.raw().orElseThrow().value()).isEqualTo(3500);
    assertThat(row.peer().orElseThrow().value()).isEqualTo(1200);
    assertThat(row.runs()).isEqualTo(3);
    assertThat(row.least()).isEqualTo(700);
    assertThat(row.most()).isEqualTo(1100);
  }

  @Test
  void a_ratio_is_the_median_of_the_ratios_within_a_run() {
    assertThat(row.ratio().orElseThrow()).isEqualTo(0.25); // of 0.3, 0.25, 0.2; not 900 / 3500
    assertThat(row.ratioToPeer().orElseThrow()).isEqualTo(0.75);
  }

  @Test
  void a_goal_is_reached_by_the_median_and_not_by_the_best_run() {
    assertThat(row.reached()).contains(false);
  }

  @Test
  void rows_stay_in_the_order_in_which_they_first_appear() {
    Figures two = MeasuredRuns.run(1, 1, 1).add(Measure.of("a hop", Unit.MILLISECONDS, 0.5));
    assertThat(new Runs(List.of(two, MeasuredRuns.run(1, 1, 1))).rows())
        .extracting(Row::name)
        .containsExactly("one queue, EACH", "a hop");
  }

  @Test
  void what_has_no_limit_and_no_peer_has_no_ratio() {
    Measure alone = Measure.of("a hop", Unit.MILLISECONDS, 0.5);
    Row lonely = new Row(List.of(alone));
    assertThat(lonely.ratio()).isEmpty();
    assertThat(lonely.raw()).isEmpty();
    assertThat(lonely.reached()).isEmpty();
  }

  @Test
  void runs_of_two_machines_are_no_report() {
    Figures other =
        MeasuredRuns.on(
            "{\"cpu\":\"Other\",\"cores\":64,\"os\":\"Test OS\",\"java\":\"17\","
                + "\"load_before\":0}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Runs(List.of(MeasuredRuns.run(1, 1, 1), other)))
        .withMessageContaining("different machines")
        .withMessageContaining("Other");
    assertThatIllegalArgumentException().isThrownBy(() -> new Runs(List.of()));
  }
}
