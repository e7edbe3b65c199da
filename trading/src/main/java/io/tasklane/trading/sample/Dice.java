package io.tasklane.trading.sample;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Chance that can be thrown again: one independent stream for each seed and purpose. */
final class Dice {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Dice() {}

  static RandomGenerator of(long seed, String purpose) {
    long hash = FNV_OFFSET;
    for (char c : purpose.toCharArray()) {
      hash = (hash ^ c) * FNV_PRIME;
    }
    return new SplittableRandom(hash ^ (seed * FNV_PRIME));
  }
}
