package io.tasklane.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * The table of docs/benchmarks.md that shows what the hot code of core takes.
 *
 * @param runs of {@code tasklane bench jmh}
 */
record HotPage(Runs runs) {

  /** The page with this table written anew. */
  String into(String page) {
    return WrittenPart.HOT.into(page, generated());
  }

  private String generated() {
    List<String> lines = new ArrayList<>(new Occasion(runs).lines());
    lines.add("| | ns a call |");
    lines.add("|---|---|");
    runs.rows().forEach(row -> lines.add("| `" + row.name() + "` | " + Numbers.ofRuns(row) + " |"));
    lines.add("");
    lines.add("");
    return String.join("\n", lines);
  }
}
