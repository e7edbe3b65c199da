package io.tasklane.task;

import java.time.Instant;
import java.util.Optional;

/**
 * What a task has left.
 *
 * @param payload result of the run, also a partial one
 * @param isPartial whether it is the partial result of a run that a time limit or a cancel ended
 * @param expireTime when the result is removed
 */
public record TaskResult(
    Optional<Payload> payload, boolean isPartial, Optional<Instant> expireTime) {
  /** Nothing yet, or nothing at all. */
  public static final TaskResult NONE = new TaskResult(Optional.empty(), false, Optional.empty());

  /** The result at this time: without a payload that has expired. */
  public TaskResult at(Instant time) {
    boolean expired = expireTime.filter(end -> !time.isBefore(end)).isPresent();
    return expired && payload.isPresent()
        ? new TaskResult(Optional.empty(), isPartial, expireTime)
        : this;
  }
}
