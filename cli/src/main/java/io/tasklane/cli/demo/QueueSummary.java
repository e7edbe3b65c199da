package io.tasklane.cli.demo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one queue did in the morning.
 *
 * @param byState number of tasks for each state in which they ended
 * @param busy all its runs added up
 * @param maxRunning the greatest number of runs at once, from the recorded instants
 */
record QueueTally(Map<String, Long> byState, Duration busy, int maxRunning) {
  static QueueTally of(List<Ended> tasks) {
    List<Interval> runs = tasks.stream().flatMap(task -> task.runs().stream()).toList();
    Map<String, Long> byState =
        tasks.stream()
            .collect(Collectors.groupingBy(Ended::state, TreeMap::new, Collectors.counting()));
    Duration busy = runs.stream().map(Interval::length).reduce(Duration.ZERO, Duration::plus);
    return new QueueTally(byState, busy, Overlap.greatest(runs));
  }

  long tasks() {
    return byState.values().stream().mapToLong(Long::longValue).sum();
  }
}
