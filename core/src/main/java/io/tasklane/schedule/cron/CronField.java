package io.tasklane.schedule.cron;

import java.util.stream.IntStream;

/**
 * One field of an expression.
 *
 * @param unit which field it is
 * @param text as it was written
 * @param bits a bit for each number it allows
 */
record CronField(CronUnit unit, String text, long bits) {
  boolean allows(int number) {
    return (bits >>> number & 1) == 1;
  }

  /** The first allowed number that is not smaller; -1 if there is none. */
  int nextOrSame(int number) {
    if (number > unit.last()) {
      return -1;
    }
    long left = bits >>> number << number;
    return left == 0 ? -1 : Long.numberOfTrailingZeros(left);
  }

  int smallest() {
    return Long.numberOfTrailingZeros(bits);
  }

  int size() {
    return Long.bitCount(bits);
  }

  /** How many allowed numbers are smaller. */
  int below(int number) {
    return Long.bitCount(bits & (1L << number) - 1);
  }

  boolean allowsAll() {
    return size() == unit.last() - unit.first() + 1;
  }

  /**
   * Whether it leaves the choice of days to the other field of days. This is a matter of how it is
   * written, as in Vixie's cron: {@code *} and everything else that begins with it does, the full
   * range {@code 1-31} does not.
   */
  boolean beginsWithStar() {
    return text.startsWith("*") || text.startsWith("?");
  }

  IntStream numbers() {
    return IntStream.rangeClosed(unit.first(), unit.last()).filter(this::allows);
  }
}
