package io.tasklane.trigger;

import io.tasklane.task.Failure;
import java.time.Instant;
import java.util.Optional;

/**
 * What a trigger has done so far.
 *
 * @param events of its type that it has seen
 * @param starts workflows that it has started
 * @param faults events, or windows, for which an expression or a start failed
 * @param loops events that started nothing because the chain of their causes is too long
 * @param lastFault the last of the faults and loops, with the event in its message
 * @param lastStart when it last started a workflow
 */
public record TriggerCounts(
    long events,
    long starts,
    long faults,
    long loops,
    Optional<Failure> lastFault,
    Optional<Instant> lastStart) {
  /** The counts of a trigger that has seen no event yet: all zero. */
  public static final TriggerCounts NONE =
      new TriggerCounts(0, 0, 0, 0, Optional.empty(), Optional.empty());
}
