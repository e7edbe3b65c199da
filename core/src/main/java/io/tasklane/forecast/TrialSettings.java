package io.tasklane.forecast;

import io.tasklane.queue.RateLimit;
import java.util.Optional;

/**
 * Settings of a queue to try.
 *
 * @param concurrency runs at once, 1 to {@link #MOST_CONCURRENCY}
 * @param rate most starts within a period; empty for no limit
 * @param arrivalsFactor how many tasks come for each that came, more than 0
 */
public record TrialSettings(int concurrency, Optional<RateLimit> rate, double arrivalsFactor) {
  /** The most runs at once that a queue may have. */
  public static final int MOST_CONCURRENCY = 1000;

  /** The same with another concurrency. */
  public TrialSettings with(int other) {
    return new TrialSettings(other, rate, arrivalsFactor);
  }
}
