package io.tasklane.bench.faults.record;

import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a task's handler was told to do, and so how the task has to end if nobody interferes.
 *
 * @param workMillis how long a run takes
 * @param failures attempts that fail for now before one does not
 * @param permanent whether that one fails for good
 * @param attempts most attempts
 * @param backoffMillis before the second attempt; doubles with each further one
 */
public record Behaviour(
    int workMillis, int failures, boolean permanent, int attempts, long backoffMillis) {
  /** The code of a failure that passes. */
  public static final String PASSING = "FAULTS_PASSING";

  /** The code of a failure that does not. */
  public static final String PERMANENT = "FAULTS_PERMANENT";

  /** The code of a run whose effect was refused; no such run may be believed. */
  public static final String REFUSED = "FAULTS_REFUSED";

  /**
   * Codes of failures that the outage of the database and the fence of the ledger explain: such an
   * attempt counts, whatever was planned.
   */
  public static final Set<String> DISTURBED = Set.of("EFFECT_NOT_RECORDED", "EFFECT_IN_PROGRESS");

  private static final double DOUBLING = 2.0;

  /** One that succeeds at once. */
  public static Behaviour success(int workMillis) {
    return new Behaviour(workMillis, 0, false, 1, 0);
  }

  /** The policy that its task is created with. */
  public RetryPolicy policy() {
    return new RetryPolicy(
        attempts, Duration.ofMillis(backoffMillis), DOUBLING, Duration.ofHours(1), 0.0, List.of());
  }

  /** How the task ends. */
  public TaskState end() {
    return permanent || failures >= attempts ? TaskState.FAILED : TaskState.SUCCEEDED;
  }

  /** The attempt it ends with. */
  public int lastAttempt() {
    return Math.min(failures + 1, attempts);
  }

  /** The failure it ends with, empty where it succeeds. */
  public String failureCode() {
    if (end() == TaskState.SUCCEEDED) {
      return "";
    }
    return failures >= attempts ? PASSING : PERMANENT;
  }
}
