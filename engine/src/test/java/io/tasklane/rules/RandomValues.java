package io.tasklane.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Values for random rows. The seed is a new one for each run, and is printed; {@code
 * -Drules.seed=...} repeats a run.
 */
public final class RandomValues {
  /** The present of all rows. */
  public static final Instant NOW = Instant.parse("2026-03-08T06:59:59.999999Z");

  private static final Duration TICK = Duration.of(1, ChronoUnit.MICROS);
  private static final List<Duration> DISTANCES =
      List.of(
          Duration.ZERO,
          TICK,
          Duration.ofMillis(1),
          Duration.ofMillis(1).minus(TICK),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1).plus(TICK),
          Duration.ofHours(1),
          Duration.ofDays(40));

  private final long seed;
  private final Random random;

  private RandomValues(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
  }

  /** Values of a new seed, or of the one that is given. */
  public static RandomValues seeded() {
    RandomValues values = new RandomValues(Long.getLong("rules.seed", System.nanoTime()));
    System.out.println(values);
    return values;
  }

  /** So many rows. */
  public <T> List<T> rows(int rows, Supplier<T> row) {
    return Stream.generate(row).limit(rows).toList();
  }

  /** A number from 0 to one less than this. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** True or false. */
  public boolean yes() {
    return random.nextBoolean();
  }

  /** One of these. */
  @SafeVarargs
  public final <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }

  /** A constant of this enum. */
  public <T extends Enum<T>> T oneOf(Class<T> type) {
    return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
  }

  /** The value, or nothing. */
  public <T> Optional<T> maybe(Supplier<T> value) {
    return yes() ? Optional.of(value.get()) : Optional.empty();
  }

  /** A time at the present, a microsecond off it, or further away, on either side. */
  public Instant time() {
    return near(NOW);
  }

  /** A time at this one, a microsecond off it, or further away, on either side. */
  public Instant near(Instant time) {
    return yes() ? time.minus(distance()) : time.plus(distance());
  }

  private Duration distance() {
    return DISTANCES.get(random.nextInt(DISTANCES.size()));
  }

  /** A time limit in whole milliseconds, as rows have them. */
  public Duration limit() {
    return oneOf(
        Duration.ofMillis(1),
        Duration.ofMillis(999),
        Duration.ofSeconds(1),
        Duration.ofMillis(1001),
        Duration.ofHours(1));
  }

  @Override
  public String toString() {
    return "-Drules.seed=" + seed;
  }
}
