package io.tasklane.bench.report;

import io.tasklane.bench.figure.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * docs/benchmarks.md and the charts beside it. What there are no runs of stays as it is.
 *
 * @param folder where they are
 */
record Docs(Path folder) {
  private static final String PAGE = "benchmarks.md";

  /** Which part of the page a run belongs to. */
  private enum Kind {
    /** Rows beside their limits and the peer. */
    COMPARISON,
    /** What it costs that there is more of something. */
    GROWTH,
    /** How a fresh server becomes fast. */
    WARM_UP,
    /** The hot code of core. */
    HOT;

    static Kind of(String scenario) {
      return switch (scenario) {
        case "growth" -> GROWTH;
        case "warm-up" -> WARM_UP;
        case "jmh" -> HOT;
        default -> COMPARISON;
      };
    }
  }

  /**
   * Writes.
   *
   * @param all runs of any scenarios, at least one
   * @param missing the words of those that were to be measured and were not
   * @return what was written
   */
  List<Path> write(List<Figures> all, List<String> missing) throws IOException {
    if (all.isEmpty()) {
      throw new IllegalArgumentException("there are no runs to report");
    }
    Map<Kind, List<Figures>> kinds =
        all.stream()
            .collect(
                Collectors.groupingBy(
                    run -> Kind.of(run.scenario()),
                    () -> new EnumMap<>(Kind.class),
                    Collectors.toList()));
    Map<Kind, List<String>> gaps =
        missing.stream().collect(Collectors.groupingBy(words -> Kind.of(words.split(" ")[0])));
    Path file = folder.resolve(PAGE);
    String page = Files.readString(file);
    List<Path> written = new ArrayList<>(List.of(file));
    for (var kind : kinds.entrySet()) {
      Runs runs = new Runs(kind.getValue());
      List<String> gap = gaps.getOrDefault(kind.getKey(), List.of());
      switch (kind.getKey()) {
        case COMPARISON -> {
          page = new Page(runs, gap).into(page);
          written.add(chart("benchmarks.svg", Chart.of(runs.rows())));
        }
        case GROWTH -> {
          page = GrowthPage.of(runs, gap).into(page);
          written.add(chart(GrowthPage.CHART, GrowthChart.of(Series.of(runs))));
        }
        case WARM_UP -> page = GrowthPage.ofWarmUp(runs, gap).into(page);
        case HOT -> page = new HotPage(runs).into(page);
      }
    }
    Files.writeString(file, page);
    return written;
  }

  private Path chart(String name, String svg) throws IOException {
    return Files.writeString(folder.resolve(name), svg);
  }
}
