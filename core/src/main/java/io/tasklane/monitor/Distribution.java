package io.tasklane.monitor;

import java.util.List;

/**
 * How often values of which size were seen, since counting began.
 *
 * @param upperBounds of the buckets, growing; a value belongs to the first bucket whose bound it
 *     does not exceed
 * @param counts values in each bucket alone, and last those above every bound: one more than bounds
 * @param sum of all values
 */
public record Distribution(List<Double> upperBounds, List<Long> counts, double sum) {
  /** Keeps copies, and refuses bounds and counts that do not belong together. */
  public Distribution {
    upperBounds = List.copyOf(upperBounds);
    counts = List.copyOf(counts);
    if (counts.size() != upperBounds.size() + 1) {
      throw new IllegalArgumentException(
          counts.size() + " counts for " + upperBounds.size() + " bounds: one more is needed");
    }
  }

  /** All values that were seen. */
  public long count() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }
}
