package io.tasklane.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tasklane.bench.figure.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocsTest {
  private static final String GROWTH = WrittenPart.GROWTH.begin() + WrittenPart.GROWTH.end();
  private static final String HOT = WrittenPart.HOT.begin() + WrittenPart.HOT.end();
  private static final String BY_HAND =
      "# Benchmarks\n\n## Growth\n\nBy hand.\n\n" + GROWTH + "\n\n## Hot\n\n" + HOT + "\n";

  @TempDir private Path folder;

  @BeforeEach
  void a_page_with_the_first_table() throws IOException {
    Files.writeString(folder.resolve("benchmarks.md"), BY_HAND);
    write(MeasuredRuns.run(900, 3000, 1200));
  }

  @Test
  void runs_of_growth_leave_the_first_table_and_its_chart_alone() throws IOException {
    String before = page();
    String chart = Files.readString(folder.resolve("benchmarks.svg"));
    List<Path> written = write(MeasuredRuns.growth(1000));
    assertThat(page()).contains(first(before)).contains("| 10 | **100** |");
    assertThat(Files.readString(folder.resolve("benchmarks.svg"))).isEqualTo(chart);
    assertThat(folder.resolve("benchmarks-growth.svg")).isNotEmptyFile();
    assertThat(written)
        .extracting(path -> path.getFileName().toString())
        .containsExactly("benchmarks.md", "benchmarks-growth.svg");
  }

  @Test
  void runs_of_other_scenarios_leave_the_tables_of_growth_alone() throws IOException {
    write(MeasuredRuns.growth(1000));
    String grown = between(page(), WrittenPart.GROWTH);
    String chart = Files.readString(folder.resolve("benchmarks-growth.svg"));
    write(MeasuredRuns.run(1234, 3000, 1200));
    assertThat(page()).contains("**1,234**").doesNotContain("**900**");
    assertThat(between(page(), WrittenPart.GROWTH)).isEqualTo(grown).contains("**1,000**");
    assertThat(Files.readString(folder.resolve("benchmarks-growth.svg"))).isEqualTo(chart);
  }

  @Test
  void the_hot_code_has_a_table_of_its_own() throws IOException {
    String before = page();
    assertThat(write(MeasuredRuns.hot())).hasSize(1);
    assertThat(between(page(), WrittenPart.HOT)).contains("| `Moves.nextState` | **12.3** |");
    assertThat(page()).contains(first(before));
  }

  @Test
  void a_fresh_server_has_a_table_of_its_own() throws IOException {
    write(MeasuredRuns.growth(1000));
    String grown = between(page(), WrittenPart.GROWTH);
    assertThat(write(MeasuredRuns.warmUp())).hasSize(1);
    assertThat(between(page(), WrittenPart.WARM_UP))
        .contains("| seconds after the ready line | create rate, tasks/s | processor, ms a task |")
        .contains("| 10 | **100** | 5 | 2,500 |")
        .contains("| 20 | **200** | 2.50 | 2,500 |")
        .doesNotContain("svg");
    assertThat(between(page(), WrittenPart.GROWTH)).isEqualTo(grown);
  }

  @Test
  void all_parts_are_written_from_runs_of_all_kinds_in_any_order() throws IOException {
    write(MeasuredRuns.hot(), MeasuredRuns.growth(1000), MeasuredRuns.run(777, 3000, 1200));
    assertThat(first(page())).contains("**777**").doesNotContain("Moves", "queues");
    assertThat(between(page(), WrittenPart.GROWTH)).doesNotContain("Moves", "777");
    assertThat(between(page(), WrittenPart.HOT)).doesNotContain("queues", "777");
    assertThat(page()).contains("By hand.");
  }

  @Test
  void what_was_not_measured_is_named_in_the_part_it_belongs_to() throws IOException {
    new Docs(folder)
        .write(
            List.of(MeasuredRuns.growth(1000), MeasuredRuns.run(1, 2, 3)),
            List.of("growth --part nodes", "fan"));
    assertThat(between(page(), WrittenPart.GROWTH)).contains("Not measured: growth --part nodes.");
    assertThat(first(page())).contains("Not measured: fan.");
  }

  @Test
  void no_runs_at_all_are_no_report() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Docs(folder).write(List.of(), List.of()));
  }

  private List<Path> write(Figures... runs) throws IOException {
    return new Docs(folder).write(List.of(runs), List.of());
  }

  private String page() throws IOException {
    return Files.readString(folder.resolve("benchmarks.md"));
  }

  private static String first(String page) {
    return between(page, WrittenPart.COMPARISON);
  }

  private static String between(String page, WrittenPart part) {
    return page.substring(page.indexOf(part.begin()), page.indexOf(part.end()));
  }
}
