package io.tasklane.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Measure;
import io.tasklane.bench.figure.Usage;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PageTest {
  private static final String WRITTEN_BY_HAND =
      "# Benchmarks\n\nIntro.\n\n## Start and stop\n\n13 s.\n";

  private final Page page = new Page(new Runs(MeasuredRuns.three()), List.of());

  @Test
  void a_row_shows_the_median_its_spread_the_goal_the_limit_and_the_peer() {
    assertThat(page.into(WRITTEN_BY_HAND))
        .contains(
            "| one queue, EACH | tasks/s | **900** (700 to 1,100) | 1,000, not reached"
                + " | 3,500 (updates) | 0.25 | 1,200 | 0.75 |  |  |");
  }

  @Test
  void a_row_shows_what_a_task_cost_the_server() {
    Figures run = MeasuredRuns.run(700, 3500, 1400);
    Usage usage = new Usage(Map.of("node", 2.5, "postgres", 1.0), OptionalDouble.of(2512.4));
    Measure measure = run.measures().get(0).costing(usage);
    Figures costly = MeasuredRuns.on(run.machine().toString()).add(measure);
    assertThat(new Page(new Runs(List.of(costly)), List.of()).into(WRITTEN_BY_HAND))
        .contains("| db-scheduler 16 | ratio | processor, ms a task | WAL, bytes a task |")
        .contains(" | 0.50 | 3.50 | 2,512 |");
  }

  @Test
  void the_occasion_says_when_on_what_and_how_often() {
    assertThat(page.into(WRITTEN_BY_HAND))
        .contains("2026-11-26, 2 cores (Test CPU), 24 GiB, Test OS, Java 17; medians of 3 runs")
        .doesNotContain("busy", "Not measured");
  }

  @Test
  void what_was_written_by_hand_stays_and_the_part_is_written_over() {
    String once = page.into(WRITTEN_BY_HAND);
    assertThat(once).startsWith("# Benchmarks\n\nIntro.\n\n" + WrittenPart.COMPARISON.begin());
    assertThat(once).endsWith(WrittenPart.COMPARISON.end() + "\n\n## Start and stop\n\n13 s.\n");
    Page other = new Page(new Runs(List.of(MeasuredRuns.run(1234, 2468, 617))), List.of());
    String twice = other.into(once);
    assertThat(twice).contains("**1,234**").doesNotContain("**900**");
    assertThat(twice.split(WrittenPart.COMPARISON.begin(), -1)).hasSize(2);
    assertThat(page.into(twice)).isEqualTo(once);
  }

  @Test
  void a_page_that_lost_one_of_its_marks_is_not_touched() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> page.into("# Benchmarks\n" + WrittenPart.COMPARISON.begin() + "\n"));
  }

  @Test
  void figures_of_a_busy_machine_are_said_to_say_little() {
    Figures busy =
        MeasuredRuns.on(
            "{\"cpu\":\"Test CPU\",\"cores\":2,\"memory\":\"24 GiB\",\"os\":\"Test OS\","
                + "\"java\":\"17\",\"load_before\":7.5}");
    Page told = new Page(new Runs(List.of(MeasuredRuns.run(1, 2, 3), busy)), List.of());
    assertThat(told.into(WRITTEN_BY_HAND)).contains("busy", "7.50", "say little");
  }

  @Test
  void what_could_not_be_measured_is_named() {
    Page told = new Page(new Runs(MeasuredRuns.three()), List.of("one-queue --durability GROUPED"));
    assertThat(told.into(WRITTEN_BY_HAND))
        .contains("Not measured: one-queue --durability GROUPED.");
  }

  @Test
  void numbers_have_no_more_digits_than_mean_something() {
    assertThat(Numbers.text(12345.678)).isEqualTo("12,346");
    assertThat(Numbers.text(12.345)).isEqualTo("12.3");
    assertThat(Numbers.text(1.2345)).isEqualTo("1.23");
    assertThat(Numbers.text(0)).isEqualTo("0");
    assertThat(Numbers.text(50)).isEqualTo("50");
  }
}
