package io.tasklane.cli.demo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one queue ran in the morning.
 *
 * @param byState number of tasks for each state in which they ended
 * @param busy the sum of the durations of all runs
 * @param maxRunning the greatest number of runs at once, from the recorded instants
 */
record QueueSummary(Map<String, Long> byState, Duration busy, int maxRunning) {
  static QueueSummary of(List<Ended> tasks) {
    List<Interval> runs = tasks.stream().flatMap(task -> task.runs().stream()).toList();
    Map<String, Long> byState =
        tasks.stream()
            .collect(Collectors.groupingBy(Ended::state, TreeMap::new, Collectors.counting()));
    Duration busy = runs.stream().map(Interval::length).reduce(Duration.ZERO, Duration::plus);
    return new QueueSummary(byState, busy, Overlap.greatest(runs));
  }

  long tasks() {
    return byState.values().stream().mapToLong(Long::longValue).sum();
  }
}
