package io.tasklane.explain;

import java.time.Instant;
import java.util.Optional;

/**
 * When a task starts, as far as that can be said.
 *
 * @param p50 not later than this with a probability of 50 %
 * @param p90 not later than this with a probability of 90 %
 * @param missing why there is no estimate, empty where there is one or none is wanted
 */
public record StartEstimate(Optional<Instant> p50, Optional<Instant> p90, String missing) {
  /** Of a task that runs or has ended. */
  public static final StartEstimate NONE = missing("");

  /** None, for this reason. */
  public static StartEstimate missing(String why) {
    return new StartEstimate(Optional.empty(), Optional.empty(), why);
  }

  /** Between these times. */
  public static StartEstimate of(Instant p50, Instant p90) {
    return new StartEstimate(Optional.of(p50), Optional.of(p90), "");
  }
}
