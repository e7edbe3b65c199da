package io.tasklane.forecast;

import io.tasklane.rollup.Histogram;
import io.tasklane.rollup.RollupCounts;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/** Histories and workflows for tests. */
final class Known {
  static final WorkKind FETCH = new WorkKind("DATA", "fetch");

  private Known() {}

  static Histogram histogram(int count, DoubleSupplier seconds) {
    return Histogram.of(
        Stream.generate(() -> Duration.ofNanos(Math.round(1e9 * seconds.getAsDouble())))
            .limit(count)
            .toList());
  }

  static RollupCounts runs(Histogram runs) {
    return new RollupCounts(runs.count(), 0, 0, Histogram.EMPTY, runs, Histogram.EMPTY);
  }

  static ForecastNode work(String id) {
    return new ForecastNode.Work(id, FETCH, 5, ForecastNode.Start.FUTURE);
  }

  static ForecastInput input(ForecastNode root, QueueOutlook queue, Histogram runs) {
    return new ForecastInput(
        root, Map.of("DATA", queue), Map.of(FETCH, runs(runs)), OptionalDouble.empty());
  }
}
