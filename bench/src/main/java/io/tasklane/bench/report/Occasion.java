package io.tasklane.bench.report;

import com.google.gson.JsonObject;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * When, on what and how often runs were measured, and what else the machine had to do.
 *
 * @param runs what was measured
 */
record Occasion(Runs runs) {
  /** More than the run before leaves behind in the load average. */
  private static final double BUSY_PER_CORE = 3;

  /** The lines above a table. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(machine());
    lines.add("");
    lines.add(
        "Load average of the minute before a run, which is that of the run before where they follow"
            + " one another: at most "
            + Numbers.text(runs.busiest())
            + ".");
    if (runs.busiest() > BUSY_PER_CORE * runs.machine().get("cores").getAsInt()) {
      lines.add("");
      lines.add("**The machine was busy with other work: these figures say little.**");
    }
    lines.add("");
    return lines;
  }

  private String machine() {
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

  /** What was to be measured and was not, as lines below a table. */
  static List<String> missing(List<String> missing) {
    return missing.isEmpty()
        ? List.of()
        : List.of("Not measured: " + String.join("; ", missing) + ".", "");
  }
}
