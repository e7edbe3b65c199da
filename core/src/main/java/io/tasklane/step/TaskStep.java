package io.tasklane.step;

import io.tasklane.key.FencingToken;
import io.tasklane.task.Failure;
import java.time.Instant;
import java.util.Optional;

/**
 * A step of a task, without its result.
 *
 * @param name unique in its task
 * @param kind what it does
 * @param state how far it is
 * @param token of the run that recorded it last; 0 for one that a copy took over
 * @param attempt that recorded it last; 0 for one that a copy took over
 * @param failedTries how often its body has failed in that attempt
 * @param startTime when its body, sleep or wait began
 * @param endTime when it succeeded or failed
 * @param due until when it waits, in WAITING and RETRY_WAIT only
 * @param failure why its body failed last
 * @param resultBytes size of its result, 0 where it has none
 */
public record TaskStep(
    String name,
    StepKind kind,
    StepState state,
    FencingToken token,
    int attempt,
    int failedTries,
    Instant startTime,
    Optional<Instant> endTime,
    Optional<Instant> due,
    Optional<Failure> failure,
    long resultBytes) {
  /** Most steps of one task. */
  public static final int MOST = 1000;

  /** Most characters of a name. */
  public static final int LONGEST_NAME = 128;

  /** The largest result, inline or not: 4 MiB. */
  public static final int MAX_RESULT_BYTES = 4 * 1024 * 1024;

  /** Whether its result is kept. */
  public boolean isDone() {
    return state == StepState.SUCCEEDED;
  }

  /** How often its body has failed so far in this attempt; a new attempt counts anew. */
  public int failedTriesIn(int thisAttempt) {
    return attempt == thisAttempt ? failedTries : 0;
  }

  /** Whether it fails again without being run, because it failed for good in this attempt. */
  public boolean hasFailedIn(int thisAttempt) {
    return state == StepState.FAILED && attempt == thisAttempt;
  }

  /** What is wrong with a name; empty where it may be used. */
  public static Optional<String> faultOfName(String name) {
    boolean fits =
        name != null
            && !name.isBlank()
            && name.length() <= LONGEST_NAME
            && name.chars().noneMatch(Character::isISOControl);
    return fits
        ? Optional.empty()
        : Optional.of(
            "step name \""
                + name
                + "\" is not allowed: 1 to 128 characters, no control characters; in a loop, add"
                + " what the round is about, such as \"fetch AAPL\"");
  }
}
