package io.tasklane.cli.importer.text;

import java.math.BigDecimal;

/** Intervals of other systems, in the limits of ours. */
public final class Intervals {
  private static final long LEAST_MILLIS = 1_000;
  private static final long MOST_MILLIS = 3_660L * 86_400_000;

  private Intervals() {}

  /** So many seconds in whole milliseconds. */
  public static long millis(BigDecimal seconds) throws LeftOut {
    try {
      return checked(seconds.movePointRight(3).longValueExact());
    } catch (ArithmeticException fraction) {
      throw new LeftOut(seconds + " s is no whole number of milliseconds");
    }
  }

  /** So many milliseconds, 1 s to 3660 days. */
  public static long checked(long millis) throws LeftOut {
    if (millis < LEAST_MILLIS || millis > MOST_MILLIS) {
      throw new LeftOut("an interval of " + millis + " ms is not allowed: 1 s to 3660 days");
    }
    return millis;
  }

  /** How much later than the whole intervals, at least 0 ms. */
  public static long phase(BigDecimal millis) throws LeftOut {
    if (millis.signum() < 0 || millis.compareTo(BigDecimal.valueOf(MOST_MILLIS)) > 0) {
      throw new LeftOut("an offset of " + millis + " ms is not allowed: 0 to the interval");
    }
    return millis.longValue();
  }
}
