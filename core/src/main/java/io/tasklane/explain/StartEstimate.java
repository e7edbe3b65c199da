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
  /** What is said of a task that runs or has ended: nothing is estimated. */
  public static final StartEstimate NONE = missing("");

  /** No estimate can be made, for this reason, which users are shown. */
  public static StartEstimate missing(String why) {
    return new StartEstimate(Optional.empty(), Optional.empty(), why);
  }

  /** The task starts before {@code p50} with probability 0.5, before {@code p90} with 0.9. */
  public static StartEstimate of(Instant p50, Instant p90) {
    return new StartEstimate(Optional.of(p50), Optional.of(p90), "");
  }
}
