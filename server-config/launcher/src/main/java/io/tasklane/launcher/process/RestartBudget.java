package io.tasklane.launcher.process;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How often a component that dies is started again within 5 minutes, later and later. */
public final class RestartBudget {
  /** Restarts granted within {@link #WINDOW} where nothing else is asked for. */
  public static final int RESTARTS = 5;

  /** The time a restart counts. */
  public static final Duration WINDOW = Duration.ofMinutes(5);

  private static final Duration FIRST_REST = Duration.ofMillis(500);
  private static final int MOST_DOUBLINGS = 4;
  private final Clock clock;
  private final int restarts;
  private final Deque<Instant> granted = new ArrayDeque<>();

  /**
   * A full budget.
   *
   * @param clock tells when restarts happened
   * @param restarts granted within {@link #WINDOW}
   */
  public RestartBudget(Clock clock, int restarts) {
    this.clock = clock;
    this.restarts = restarts;
  }

  /** How long to rest before the next restart, 0.5 s doubling to 8 s; empty when none is left. */
  public Optional<Duration> next() {
    Instant now = clock.instant();
    granted.removeIf(past -> past.isBefore(now.minus(WINDOW)));
    if (granted.size() >= restarts) {
      return Optional.empty();
    }
    Duration rest = FIRST_REST.multipliedBy(1L << Math.min(granted.size(), MOST_DOUBLINGS));
    granted.add(now);
    return Optional.of(rest);
  }
}
