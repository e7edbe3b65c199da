package io.tasklane.bench.report;

import com.google.gson.JsonObject;
import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Measure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs of scenarios on one machine.
 *
 * @param figures in the order in which their rows are to be read, at least one
 */
record Runs(List<Figures> figures) {
  private static final List<String> SAME = List.of("cpu", "cores", "memory", "os", "java");

  Runs {
    if (figures.isEmpty()) {
      throw new IllegalArgumentException("there are no runs to report");
    }
    figures = List.copyOf(figures);
    for (String fact : SAME) {
      Set<String> values = new TreeSet<>();
      figures.forEach(run -> values.add(String.valueOf(run.machine().get(fact))));
      if (values.size() > 1) {
        throw new IllegalArgumentException(
            "runs of different machines cannot be one report: " + fact + " is " + values);
      }
    }
  }

  /** The measures of all runs, each with its runs, in the order of their first appearance. */
  List<Row> rows() {
    Map<String, List<Measure>> byName = new LinkedHashMap<>();
    for (Figures run : figures) {
      for (Measure measure : run.measures()) {
        byName.computeIfAbsent(measure.name(), name -> new ArrayList<>()).add(measure);
      }
    }
    return byName.values().stream().map(Row::new).toList();
  }

  /** The machine of all of them. */
  JsonObject machine() {
    return figures.get(0).machine();
  }

  Instant first() {
    return figures.stream().map(Figures::time).min(Comparator.naturalOrder()).orElseThrow();
  }

  /** The largest load that a run found when it began, before it did anything. */
  double busiest() {
    return figures.stream()
        .mapToDouble(run -> run.machine().get("load_before").getAsDouble())
        .max()
        .orElseThrow();
  }
}
