package io.tasklane.cli.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How many of a number of intervals held at once, found by a sweep over their ends. */
final class Overlap {
  private Overlap() {}

  private record Edge(Instant at, int change) {}

  /**
   * Half-open: one that begins in the very instant another ends does not overlap it. One without
   * length counts as a run that was there in its instant.
   *
   * @return the greatest number at once, 0 for no intervals
   */
  static int greatest(List<Interval> intervals) {
    List<Edge> edges = new ArrayList<>();
    for (Interval run : intervals) {
      edges.add(new Edge(run.start(), 1));
      edges.add(new Edge(run.end(), -1));
    }
    edges.sort(Comparator.comparing(Edge::at).thenComparingInt(Edge::change));
    int running = 0;
    int greatest = intervals.isEmpty() ? 0 : 1;
    for (Edge edge : edges) {
      running += edge.change();
      greatest = Math.max(greatest, running);
    }
    return greatest;
  }
}
