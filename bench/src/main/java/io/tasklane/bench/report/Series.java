package io.tasklane.bench.report;

import io.tasklane.bench.figure.Grown;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * All that was measured while there was more and more of one thing.
 *
 * @param thing such as "queues"
 * @param cells every row at its place
 */
record Series(String thing, Map<Grown, Row> cells) {

  /** The series of growth runs, in the order in which they first appear. */
  static List<Series> of(Runs runs) {
    Map<String, Map<Grown, Row>> byThing = new LinkedHashMap<>();
    for (Row row : runs.rows()) {
      Grown place =
          Grown.of(row.name())
              .orElseThrow(
                  () -> new IllegalArgumentException(row.name() + " is no measure of growth"));
      byThing.computeIfAbsent(place.thing(), thing -> new LinkedHashMap<>()).put(place, row);
    }
    List<Series> all = new ArrayList<>();
    byThing.forEach((thing, cells) -> all.add(new Series(thing, cells)));
    return all;
  }

  /** The sizes, ascending. */
  List<Long> counts() {
    return List.copyOf(new TreeSet<>(cells.keySet().stream().map(Grown::count).toList()));
  }

  /** What was measured, in the order in which it first appears. */
  List<String> quantities() {
    return cells.keySet().stream().map(Grown::quantity).distinct().toList();
  }

  /** The row of this quantity at this size, where it was measured. */
  Optional<Row> at(long count, String quantity) {
    return Optional.ofNullable(cells.get(new Grown(thing, count, quantity)));
  }

  /** One quantity at all sizes where it was measured, ascending. */
  List<Row> rows(String quantity) {
    return cells.entrySet().stream()
        .filter(cell -> cell.getKey().quantity().equals(quantity))
        .sorted(Comparator.comparing(cell -> cell.getKey().count()))
        .map(Map.Entry::getValue)
        .toList();
  }
}
