package io.tasklane.task;

import io.tasklane.dependency.Dependency;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What must hold before a task may start.
 *
 * @param dependencies tasks that must end before it
 * @param runAfter not started before this time
 * @param expireTime a task that has not started by then fails; attempts after the first may be
 *     later
 */
public record StartConditions(
    List<Dependency> dependencies, Optional<Instant> runAfter, Optional<Instant> expireTime) {
  /** No conditions. */
  public static final StartConditions NONE =
      new StartConditions(List.of(), Optional.empty(), Optional.empty());

  /** Copies the dependencies, and truncates times to microseconds, as rows do. */
  public StartConditions {
    dependencies = List.copyOf(dependencies);
    runAfter = runAfter.map(time -> time.truncatedTo(ChronoUnit.MICROS));
    expireTime = expireTime.map(time -> time.truncatedTo(ChronoUnit.MICROS));
  }

  /** Whether its start time has not come yet. */
  public boolean isLater(Instant now) {
    return runAfter.filter(time -> time.isAfter(now)).isPresent();
  }

  /** Starts after these tasks. */
  public static StartConditions after(List<Dependency> dependencies) {
    return new StartConditions(dependencies, Optional.empty(), Optional.empty());
  }

  /** The same, not before this time. */
  public StartConditions notBefore(Instant time) {
    return new StartConditions(dependencies, Optional.of(time), expireTime);
  }

  /** The same, failing if it has not started by this time. */
  public StartConditions expiringAt(Instant time) {
    return new StartConditions(dependencies, runAfter, Optional.of(time));
  }
}
