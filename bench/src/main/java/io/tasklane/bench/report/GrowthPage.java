package io.tasklane.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The tables of docs/benchmarks.md that show what it costs that there is more of something, queues
 * or seconds since a start.
 */
final class GrowthPage {
  static final String CHART = "benchmarks-growth.svg";

  private final WrittenPart part;
  private final boolean drawn;
  private final Runs runs;
  private final List<String> missing;

  private GrowthPage(WrittenPart part, boolean drawn, Runs runs, List<String> missing) {
    this.part = part;
    this.drawn = drawn;
    this.runs = runs;
    this.missing = List.copyOf(missing);
  }

  /**
   * Those of growth, with a chart.
   *
   * @param runs of the scenario growth
   * @param missing what was to be measured and was not
   */
  static GrowthPage of(Runs runs, List<String> missing) {
    return new GrowthPage(WrittenPart.GROWTH, true, runs, missing);
  }

  /**
   * That of fresh servers.
   *
   * @param runs of the scenario warm-up
   * @param missing what was to be measured and was not
   */
  static GrowthPage ofWarmUp(Runs runs, List<String> missing) {
    return new GrowthPage(WrittenPart.WARM_UP, false, runs, missing);
  }

  /** The page with these tables written anew. */
  String into(String page) {
    return part.into(page, generated());
  }

  private String generated() {
    List<String> lines = new ArrayList<>(new Occasion(runs).lines());
    for (Series series : Series.of(runs)) {
      table(series, lines);
      lines.add("");
      limits(series, lines);
    }
    if (drawn) {
      lines.add("![Rates, times and memory by size](" + CHART + ")");
      lines.add("");
    }
    lines.addAll(Occasion.missing(missing));
    return String.join("\n", lines);
  }

  private static void table(Series series, List<String> lines) {
    StringBuilder head = new StringBuilder("| ").append(series.thing()).append(" |");
    StringBuilder rule = new StringBuilder("|---|");
    for (String quantity : series.quantities()) {
      head.append(' ').append(quantity).append(", ").append(unit(series, quantity)).append(" |");
      rule.append("---|");
      if (has(series, quantity, Row::ratio)) {
        head.append(" of the limit |");
        rule.append("---|");
      }
      if (has(series, quantity, Row::processor)) {
        head.append(" processor, ms a task |");
        rule.append("---|");
      }
      if (has(series, quantity, Row::walBytes)) {
        head.append(" WAL, bytes a task |");
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
      if (has(series, quantity, Row::ratio)) {
        line.append(text(row, Row::ratio)).append(" |");
      }
      if (has(series, quantity, Row::processor)) {
        line.append(text(row, Row::processor)).append(" |");
      }
      if (has(series, quantity, Row::walBytes)) {
        line.append(text(row, Row::walBytes)).append(" |");
      }
    }
    return line.toString();
  }

  private static String text(Optional<Row> row, Function<Row, OptionalDouble> figure) {
    return row.flatMap(found -> figure.apply(found).stream().boxed().findFirst())
        .map(value -> " " + Numbers.text(value))
        .orElse("");
  }

  private static boolean has(Series series, String quantity, Function<Row, OptionalDouble> figure) {
    return series.rows(quantity).stream().anyMatch(row -> figure.apply(row).isPresent());
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
