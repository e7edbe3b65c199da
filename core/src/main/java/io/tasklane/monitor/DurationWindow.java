package io.tasklane.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The last durations seen, for percentiles. Not thread-safe. */
final class DurationWindow {
  private static final int MOST = 1024;

  private record Sample(Instant at, Duration duration) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  void add(Instant at, Duration duration) {
    samples.addLast(new Sample(at, duration));
    if (samples.size() > MOST) {
      samples.removeFirst();
    }
  }

  /**
   * The nearest-rank percentile of the samples of the window.
   *
   * @param share 0.0 to 1.0
   */
  Optional<Duration> percentile(Instant now, Duration window, double share) {
    List<Duration> kept = new ArrayList<>();
    for (Sample sample : samples) {
      if (!sample.at().isBefore(now.minus(window))) {
        kept.add(sample.duration());
      }
    }
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    Collections.sort(kept);
    int rank = (int) Math.ceil(share * kept.size());
    return Optional.of(kept.get(Math.max(0, rank - 1)));
  }
}
