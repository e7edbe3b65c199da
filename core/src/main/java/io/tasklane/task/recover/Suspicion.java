package io.tasklane.task.recover;

import io.tasklane.key.FencingToken;
import io.tasklane.task.state.TaskState;
import java.time.Instant;
import java.util.Optional;

/**
 * What is stored of a suspect, on whatever node it is, and what becomes of it as time passes.
 *
 * @param state of its task; empty if that is gone after its retention
 * @param lost fencing token of the run that was lost
 * @param lease fencing token of the run that has a lease of the task, if any has
 * @param startTime when the last run of the task began, if any has
 * @param since when the loss became known, or its queue was taken over once more
 * @param told whether the others know that they need not wait any more
 */
public record Suspicion(
    Optional<TaskState> state,
    FencingToken lost,
    Optional<FencingToken> lease,
    Optional<Instant> startTime,
    Instant since,
    boolean told) {
  /** Whether its task is no suspect any more: it has ended, or has run again for long enough. */
  public boolean isOver(Instant at) {
    return state.filter(now -> !now.isFinal()).isEmpty() || hasProvedItself(at);
  }

  private boolean hasProvedItself(Instant at) {
    return lease.filter(token -> !token.equals(lost)).isPresent()
        && startTime.filter(begin -> !at.isBefore(begin.plus(Suspect.TRIAL))).isPresent();
  }

  /** Whether the others are to be told now that they need not wait for it any more. */
  public boolean isToTell(Instant at) {
    return !told && !at.isBefore(since.plus(Suspect.ALONE));
  }

  /**
   * Whether a suspect that stands aside returns to its queue.
   *
   * @param waitsForResource whether it stands aside for units of a resource
   * @param waitsForKey whether it waits for its ordering key
   * @param suspectRuns whether the node that owns its queue runs a suspect
   */
  public static boolean returns(
      boolean waitsForResource, boolean waitsForKey, boolean suspectRuns) {
    return !waitsForResource && !waitsForKey && !suspectRuns;
  }
}
