package io.tasklane.task.recover;

import io.tasklane.key.FencingToken;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A task that has lost a run, as one node sees it: it may be what brought the node down. It is a
 * suspect until it has run for {@link #TRIAL}.
 *
 * @param task its key
 * @param queue key of its queue
 * @param token fencing token of the run that was lost; of two runs the one that began later has the
 *     larger one
 * @param since when the loss became known, or its queue was taken over once more
 * @param place where it is
 * @param startTime when its present run began; any time where it does not run
 */
public record Suspect(
    TaskKey task,
    QueueKey queue,
    FencingToken token,
    Instant since,
    Place place,
    Instant startTime) {
  /** After so long a run, a task is no suspect any more. */
  public static final Duration TRIAL = Duration.ofSeconds(30);

  /**
   * For so long after a loss the suspects of a node run with nothing beside them; then its queues
   * go on, whatever waits.
   */
  public static final Duration ALONE = Duration.ofSeconds(5);

  /** Where a suspect is. */
  public enum Place {
    /** Its lost lease is still there: some node will take its queue, perhaps this one. */
    NOT_RECOVERED,
    /** It waits in a queue of this node. */
    WAITS,
    /** It runs on this node. */
    RUNS,
    /** It concerns this node not at all: it is another one's, or neither waits nor runs. */
    ELSEWHERE;

    /**
     * Where a suspect is for a node.
     *
     * @param state of its task
     * @param lost fencing token of the run that was lost
     * @param lease fencing token of the run that has a lease of the task, if any has
     * @param leasedHere whether that lease is the node's
     * @param ownedHere whether the node owns its queue
     */
    public static Place of(
        TaskState state,
        FencingToken lost,
        Optional<FencingToken> lease,
        boolean leasedHere,
        boolean ownedHere) {
      if (lease.filter(lost::equals).isPresent()) {
        return NOT_RECOVERED;
      }
      if (leasedHere) {
        return RUNS;
      }
      return state == TaskState.QUEUED && ownedHere ? WAITS : ELSEWHERE;
    }
  }

  /** Whether the time still lasts in which it has its node for itself. */
  boolean hasNodeAlone(Instant at) {
    return place != Place.ELSEWHERE && at.isBefore(since.plus(ALONE));
  }

  /** Whether it runs and has not yet run for long. */
  boolean isOnTrial(Instant at) {
    return place == Place.RUNS && at.isBefore(startTime.plus(TRIAL));
  }
}
