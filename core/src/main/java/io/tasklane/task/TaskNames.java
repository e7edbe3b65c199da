package io.tasklane.task;

import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Generates names for tasks whose client chose none: UUIDs of version 7 (RFC 9562, section 5.7),
 * which begin with the time and so keep the index of names compact.
 */
public final class TaskNames implements Supplier<String> {
  private final Clock clock;
  private final RandomGenerator random;

  /**
   * Generates names from these.
   *
   * @param clock gives the first 48 bits, in milliseconds
   * @param random gives the rest; safe for many threads
   */
  public TaskNames(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public String get() {
    long high = clock.millis() << 16 | 0x7000L | (random.nextLong() & 0x0FFFL);
    long low = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }
}
