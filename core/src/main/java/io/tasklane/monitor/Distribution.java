package io.tasklane.monitor;

import java.util.List;

/**
 * The distribution of the values seen since counting began.
 *
 * @param upperBounds of the buckets, ascending; a value belongs to the first bucket whose bound it
 *     does not exceed
 * @param counts values in each bucket alone, and last those above every bound: one more than bounds
 * @param sum of all values
 */
public record Distribution(List<Double> upperBounds, List<Long> counts, double sum) {
  /** Copies the lists, and refuses bounds and counts that do not match. */
  public Distribution {
    upperBounds = List.copyOf(upperBounds);
    counts = List.copyOf(counts);
    if (counts.size() != upperBounds.size() + 1) {
      throw new IllegalArgumentException(
          counts.size() + " counts for " + upperBounds.size() + " bounds: one more is needed");
    }
  }

  /** The number of all values. */
  public long count() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }
}
