package io.tasklane.bench.figure;

/** What a measure counts, and whether more of it is better. */
public enum Unit {
  /** A rate of tasks. */
  TASKS_PER_SECOND("tasks/s", true),
  /** A rate of news. */
  EVENTS_PER_SECOND("events/s", true),
  /** Durable steps in a second. */
  STEPS_PER_SECOND("steps/s", true),
  /** A time of a single call. */
  NANOSECONDS("ns", false),
  /** A time that somebody waits. */
  MILLISECONDS("ms", false),
  /** A time that somebody waits longer. */
  SECONDS("s", false),
  /** A part of what would be possible, 1 for all of it. */
  SHARE("share", true),
  /** Memory that something takes. */
  MEGABYTES("MB", false),
  /** Tasks that should not have been. */
  TASKS("tasks", false);

  private final String symbol;
  private final boolean moreIsBetter;

  Unit(String symbol, boolean moreIsBetter) {
    this.symbol = symbol;
    this.moreIsBetter = moreIsBetter;
  }

  /** As it stands behind a figure. */
  public String symbol() {
    return symbol;
  }

  /** Whether the larger of two figures is the better one. */
  public boolean moreIsBetter() {
    return moreIsBetter;
  }

  /**
   * The unit that a figure of a run was written with.
   *
   * @param symbol as {@link #symbol()} gives it
   */
  public static Unit of(String symbol) {
    for (Unit unit : values()) {
      if (unit.symbol.equals(symbol)) {
        return unit;
      }
    }
    throw new IllegalArgumentException("no unit of the bench: " + symbol);
  }
}
