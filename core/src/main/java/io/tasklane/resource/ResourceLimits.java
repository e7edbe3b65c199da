package io.tasklane.resource;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * How many units of a resource there are.
 *
 * @param capacity units that live leases may hold together; 0 means no such limit
 * @param refillUnits units that may be started within each period; 0 means no such limit
 * @param refillPeriod the period; zero where there is no such limit
 */
public record ResourceLimits(int capacity, int refillUnits, Duration refillPeriod) {
  /** The free units of a resource without a limit. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  private static final Duration LONGEST = Duration.ofDays(1);

  /** Checks that the parts are consistent. */
  public ResourceLimits {
    if (capacity < 0 || refillUnits < 0) {
      throw new IllegalArgumentException("units below 0 are not allowed");
    }
    if (capacity == 0 && refillUnits == 0) {
      throw new IllegalArgumentException(
          "a resource without limits is not allowed: capacity or refill_units of 1 or more");
    }
    boolean period = !refillPeriod.isZero() && !refillPeriod.isNegative();
    if (period != refillUnits > 0 || refillPeriod.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "refill_units and refill_period go together: "
              + refillUnits
              + " within "
              + refillPeriod
              + " is not allowed; more than zero each, the period at most "
              + LONGEST);
    }
  }

  /** A resource of which this many units may be held at once. */
  public static ResourceLimits capacity(int units) {
    return new ResourceLimits(units, 0, Duration.ZERO);
  }

  /** The most units that one task can ever get. */
  public int most() {
    return Math.min(limit(capacity), limit(refillUnits));
  }

  /** Units that are left after this use. */
  public int free(ResourceUse use) {
    return Math.max(0, Math.min(left(capacity, use.held()), left(refillUnits, use.started())));
  }

  /** Whether a start then takes units now: for the refill period, whose end is not part of it. */
  public boolean counts(Instant start, Instant now) {
    return start.isAfter(now.minus(refillPeriod));
  }

  /** When the first of these starts gives its units back; empty where none counts now. */
  public Optional<Instant> nextRefill(Collection<Instant> starts, Instant now) {
    return starts.stream()
        .filter(start -> counts(start, now))
        .min(Instant::compareTo)
        .map(start -> start.plus(refillPeriod));
  }

  private static int left(int limit, int used) {
    return limit == 0 ? UNLIMITED : limit - used;
  }

  private static int limit(int units) {
    return units == 0 ? UNLIMITED : units;
  }
}
