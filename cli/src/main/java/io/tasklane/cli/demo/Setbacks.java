package io.tasklane.cli.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The runs that were not the last of their task, kept from the event stream: a task itself has only
 * of its last one.
 */
final class Setbacks {
  private final Map<String, Instant> starts = new HashMap<>();
  private final Map<String, List<Interval>> runs = new HashMap<>();

  void add(Change change) {
    if (change.isStart()) {
      starts.put(change.task(), change.at());
    }
    Instant start = starts.get(change.task());
    if (change.isSetback() && start != null) {
      runs.computeIfAbsent(change.task(), task -> new ArrayList<>())
          .add(new Interval(start, change.at()));
    }
  }

  /** In the order in which they ended, none for a task whose first attempt was its last. */
  List<Interval> of(String task) {
    return runs.getOrDefault(task, List.of());
  }
}
