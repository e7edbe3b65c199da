package io.tasklane.bench.report;

import com.google.gson.JsonObject;
import io.tasklane.bench.figure.Reference;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The part of docs/benchmarks.md that is written by the report; the rest is left as it is. */
final class Page {
  static final String BEGIN = "<!-- Written by tasklane bench report, from here -->";
  static final String END = "<!-- to here. -->";

  private static final double BUSY_PER_CORE = 0.5;

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

  /** The page with its generated part written anew, put in before the first section if new. */
  String into(String page) {
    String part = BEGIN + "\n" + generated() + END;
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin >= 0 && end > begin) {
      return page.substring(0, begin) + part + page.substring(end + END.length());
    }
    if (begin >= 0 || end >= 0) {
      throw new IllegalArgumentException(
          "one of the two marks of the generated part is missing: put back " + BEGIN + END);
    }
    int section = page.indexOf("\n## ");
    int at = section < 0 ? page.length() : section + 1;
    return page.substring(0, at) + part + "\n\n" + page.substring(at);
  }

  private String generated() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(occasion());
    if (runs.busiest() > BUSY_PER_CORE * runs.machine().get("cores").getAsInt()) {
      lines.add("");
      lines.add(
          "**The machine was busy with other work (load up to "
              + Numbers.text(runs.busiest())
              + " before a run): these figures say little.**");
    }
    lines.add("");
    lines.add("| | unit | Tasklane | goal | raw limit | ratio | db-scheduler 16 | ratio |");
    lines.add("|---|---|---|---|---|---|---|---|");
    runs.rows().forEach(row -> lines.add(line(row)));
    lines.add("");
    lines.add("![Tasklane, its peer and the raw limit, each row by itself](benchmarks.svg)");
    lines.add("");
    if (!missing.isEmpty()) {
      lines.add("Not measured: " + String.join("; ", missing) + ".");
      lines.add("");
    }
    return String.join("\n", lines);
  }

  private String occasion() {
    JsonObject machine = runs.machine();
    int most = runs.rows().stream().mapToInt(Row::runs).max().orElse(0);
    return ("%s, %s cores (%s), %s, %s, Java %s; medians of %d run%s,"
            + " from the least to the most in brackets.")
        .formatted(
            DateTimeFormatter.ISO_LOCAL_DATE.format(runs.first().atOffset(ZoneOffset.UTC)),
            machine.get("cores").getAsString(),
            machine.get("cpu").getAsString(),
            machine.has("memory") ? machine.get("memory").getAsString() : "memory unknown",
            machine.get("os").getAsString(),
            machine.get("java").getAsString(),
            most,
            most == 1 ? "" : "s");
  }

  private static String line(Row row) {
    return "| %s | %s | %s | %s | %s | %s | %s | %s |"
        .formatted(
            row.name(),
            row.unit().symbol(),
            ours(row),
            goal(row),
            row.raw().map(raw -> Numbers.text(raw.value()) + " (" + raw.name() + ")").orElse(""),
            text(row.ratio()),
            text(row.peer()),
            text(row.ratioToPeer()));
  }

  private static String ours(Row row) {
    String spread = " (" + Numbers.text(row.least()) + " to " + Numbers.text(row.most()) + ")";
    return "**" + Numbers.text(row.tasklane()) + "**" + (row.runs() == 1 ? "" : spread);
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
