package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * How late tasks start after what they waited for; figures are printed. Other work of the machine
 * may hold up a series, so one that is too late is measured once more.
 *
 * @param percent of the samples that must be in time
 * @param millis that are in time
 */
record Lateness(int percent, long millis) {
  /** Measures, in milliseconds. */
  @FunctionalInterface
  interface Series {
    List<Long> measure() throws Exception;
  }

  /** Milliseconds between the two. */
  static long millis(Instant ready, Instant started) {
    return Duration.between(ready, started).toMillis();
  }

  void holds(String what, Series series) throws Exception {
    long[] late = measured(what, series);
    if (rank(late, percent) >= millis) {
      late = measured(what + ", once more,", series);
    }
    assertThat(rank(late, percent))
        .as("%s: rank of %d %% in %s", what, percent, Arrays.toString(late))
        .isLessThan(millis);
  }

  private static long[] measured(String what, Series series) throws Exception {
    long[] sorted = series.measure().stream().mapToLong(Long::longValue).sorted().toArray();
    System.out.printf(
        "late by: %s p50 %d ms, p99 %d ms of %d%n",
        what, rank(sorted, 50), rank(sorted, 99), sorted.length);
    return sorted;
  }

  /** Nearest rank. */
  private static long rank(long[] sorted, int percent) {
    return sorted[(sorted.length * percent + 99) / 100 - 1];
  }
}
