package io.tasklane.forecast;

import io.tasklane.rollup.DurationBuckets;
import io.tasklane.rollup.Histogram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the rounds of a forecast have said of one node. */
final class NodeSamples {
  private final long[] waits = new long[DurationBuckets.count()];
  private final long[] runs = new long[DurationBuckets.count()];
  private final List<Double> ends = new ArrayList<>();
  private final List<Double> slacks = new ArrayList<>();
  private int critical;
  private int round = -1;

  /** One copy in a round, rounds in ascending order. */
  void add(int ofRound, Live live) {
    waits[DurationBuckets.of(time(live.waited()))]++;
    runs[DurationBuckets.of(time(live.ran()))]++;
    if (round == ofRound) {
      int last = ends.size() - 1;
      ends.set(last, Math.max(ends.get(last), live.end));
      slacks.set(last, Math.min(slacks.get(last), live.slack));
    } else {
      round = ofRound;
      ends.add(live.end);
      slacks.add(live.slack);
    }
  }

  /** Whether any round has come to it. */
  boolean isSeen() {
    return !ends.isEmpty();
  }

  /** It was on the longest path of a round. */
  void wasCritical() {
    critical++;
  }

  /** What they say together, of so many rounds. */
  NodeOutlook outlook(String nodeId, int rounds) {
    return new NodeOutlook(
        nodeId,
        Histogram.of(waits).quantile(0.5).orElse(0),
        Histogram.of(runs).quantile(0.5).orElse(0),
        Samples.quantile(ends, 0.5),
        Samples.quantile(ends, 0.9),
        Samples.quantile(slacks, 0.5),
        (double) critical / rounds);
  }

  private static Duration time(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }
}
