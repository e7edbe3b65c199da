package io.tasklane.task.run;

import io.tasklane.api.Refusal;
import io.tasklane.fault.OngoingFault;
import io.tasklane.fault.OngoingFaults;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A part of Tasklane itself that a run needed and could not reach. That is no fault of the task:
 * its run is released, uses no attempt, and begins again later.
 *
 * @param part that is away, for people
 * @param why the refusal of that part
 */
record Outage(String part, Refusal why) {
  /** The storage of artifacts. */
  static final String STORAGE = "artifact storage, as runs see it";

  /** The database. */
  static final String DATABASE = "database, as runs see it";

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int MOST_CAUSES = 16;

  /** The outage that a run has met, as what it threw or as one of its causes. */
  static Optional<Outage> in(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++, cause = cause.getCause()) {
      if (cause instanceof Refusal refusal && refusal.sort() == Refusal.Sort.UNAVAILABLE) {
        return switch (refusal.reason()) {
          case DATABASE_UNAVAILABLE, DATABASE_FULL -> Optional.of(new Outage(DATABASE, refusal));
          case STORAGE_UNAVAILABLE -> Optional.of(new Outage(STORAGE, refusal));
          default -> Optional.empty();
        };
      }
    }
    return Optional.empty();
  }

  /**
   * Notes it.
   *
   * @param now the present
   * @return how long to wait: as long as the part has been away, from 1 s to 30 s
   */
  Duration note(OngoingFaults faults, Instant now) {
    faults.failed(part, why);
    Duration away =
        faults.all().stream()
            .filter(fault -> fault.work().equals(part))
            .findFirst()
            .map(OngoingFault::since)
            .map(since -> Duration.between(since, now))
            .orElse(SHORTEST);
    Duration atLeast = away.compareTo(SHORTEST) < 0 ? SHORTEST : away;
    return atLeast.compareTo(LONGEST) > 0 ? LONGEST : atLeast;
  }
}
