package io.tasklane.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tables of docs/benchmarks.md that show what it costs that there is more of something. */
final class GrowthPage {
  static final String CHART = "benchmarks-growth.svg";

  private final Runs runs;
  private final List<String> missing;

  /**
   * A page.
   *
   * @param runs of the scenario growth
   * @param missing what was to be measured and was not
   */
  GrowthPage(Runs runs, List<String> missing) {
    this.runs = runs;
    this.missing = List.copyOf(missing);
  }

  /** The page with these tables written anew. */
  String into(String page) {
    return WrittenPart.GROWTH.into(page, generated());
  }

  private String generated() {
    List<String> lines = new ArrayList<>(new Occasion(runs).lines());
    for (Series series : Series.of(runs)) {
      table(series, lines);
      lines.add("");
      limits(series, lines);
    }
    lines.add("![Rates, times and memory by size](" + CHART + ")");
    lines.add("");
    lines.addAll(Occasion.missing(missing));
    return String.join("\n", lines);
  }

  private static void table(Series series, List<String> lines) {
    StringBuilder head = new StringBuilder("| ").append(series.thing()).append(" |");
    StringBuilder rule = new StringBuilder("|---|");
    for (String quantity : series.quantities()) {
      head.append(' ').append(quantity).append(", ").append(unit(series, quantity)).append(" |");
      rule.append("---|");
      if (hasRatio(series, quantity)) {
        head.append(" of the limit |");
        rule.append("---|");
      }
    }
    lines.add(head.toString());
    lines.add(rule.toString());
    series.counts().forEach(count -> lines.add(line(series, count)));
  }

  private static String line(Series series, long count) {
    StringBuilder line = new StringBuilder("| ").append(Numbers.text(count)).append(" |");
    for (String quantity : series.quantities()) {
      Optional<Row> row = series.at(count, quantity);
      line.append(row.map(found -> " " + Numbers.ofRuns(found)).orElse("")).append(" |");
      if (hasRatio(series, quantity)) {
        line.append(ratio(row)).append(" |");
      }
    }
    return line.toString();
  }

  private static String ratio(Optional<Row> row) {
    return row.flatMap(found -> found.ratio().stream().boxed().findFirst())
        .map(ratio -> " " + Numbers.text(ratio))
        .orElse("");
  }

  private static boolean hasRatio(Series series, String quantity) {
    return series.rows(quantity).stream().anyMatch(row -> row.ratio().isPresent());
  }

  private static String unit(Series series, String quantity) {
    return series.rows(quantity).get(0).unit().symbol();
  }

  private static void limits(Series series, List<String> lines) {
    List<String> told = new ArrayList<>();
    for (String quantity : series.quantities()) {
      series.rows(quantity).stream()
          .flatMap(row -> row.raw().stream())
          .findFirst()
          .ifPresent(raw -> told.add("of the " + quantity + ": " + raw.name()));
    }
    if (!told.isEmpty()) {
      lines.add("Limit " + String.join("; ", told) + ", by one client.");
      lines.add("");
    }
  }
}
