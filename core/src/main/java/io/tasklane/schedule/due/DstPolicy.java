package io.tasklane.schedule.due;

/**
 * What a rule in wall time does on the days on which a zone's clocks change. The code is stored in
 * rows and used on the wire.
 *
 * <p>The policies differ only for expressions that name their hours. One that runs in all 24 hours
 * of a day means "whenever the clock shows it" under either policy: an hourly job runs in each real
 * hour, those of the longer day included, and none is moved.
 *
 * <p>The same holds for any other change of a zone's offset, of half an hour or of a whole day.
 */
public enum DstPolicy {
  /**
   * Each wall time once; the default. A wall time that the change leaves out is due at the instant
   * of the change, which is the first one after the gap; several that fall on one instant are due
   * once. Of a wall time that comes twice the first is due.
   */
  ONCE(1),
  /** As the clock shows it: not at all if it leaves the time out, twice if it shows it twice. */
  WALL_CLOCK(2);

  private final int code;

  DstPolicy(int code) {
    this.code = code;
  }

  /** The stored code. */
  public int code() {
    return code;
  }

  /**
   * The policy with this code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static DstPolicy of(int code) {
    for (DstPolicy policy : values()) {
      if (policy.code == code) {
        return policy;
      }
    }
    throw new IllegalArgumentException("no daylight saving policy has the code " + code);
  }
}
