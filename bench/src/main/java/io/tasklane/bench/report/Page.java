package io.tasklane.bench.report;

import io.tasklane.bench.figure.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The table of docs/benchmarks.md that compares us with the raw limits and the peer. */
final class Page {
  private final Runs runs;
  private final List<String> missing;

  /**
   * A page.
   *
   * @param runs what was measured
   * @param missing what was to be measured and was not
   */
  Page(Runs runs, List<String> missing) {
    this.runs = runs;
    this.missing = List.copyOf(missing);
  }

  /** The page with this table written anew. */
  String into(String page) {
    return WrittenPart.COMPARISON.into(page, generated());
  }

  private String generated() {
    List<String> lines = new ArrayList<>(new Occasion(runs).lines());
    lines.add(
        "| | unit | Tasklane | goal | raw limit | ratio | db-scheduler 16 | ratio"
            + " | processor, ms a task | WAL, bytes a task |");
    lines.add("|---|---|---|---|---|---|---|---|---|---|");
    runs.rows().forEach(row -> lines.add(line(row)));
    lines.add("");
    lines.add("![Tasklane, its peer and the raw limit, each row by itself](benchmarks.svg)");
    lines.add("");
    lines.addAll(Occasion.missing(missing));
    return String.join("\n", lines);
  }

  private static String line(Row row) {
    return "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |"
        .formatted(
            row.name(),
            row.unit().symbol(),
            Numbers.ofRuns(row),
            goal(row),
            row.raw().map(raw -> Numbers.text(raw.value()) + " (" + raw.name() + ")").orElse(""),
            text(row.ratio()),
            text(row.peer()),
            text(row.ratioToPeer()),
            text(row.processor()),
            text(row.walBytes()));
  }

  private static String goal(Row row) {
    if (row.goal().isEmpty()) {
      return "";
    }
    return Numbers.text(row.goal().getAsDouble())
        + (row.reached().orElseThrow() ? ", reached" : ", not reached");
  }

  private static String text(OptionalDouble value) {
    return value.isPresent() ? Numbers.text(value.getAsDouble()) : "";
  }

  private static String text(Optional<Reference> value) {
    return value.map(found -> Numbers.text(found.value())).orElse("");
  }
}
