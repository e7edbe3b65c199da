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
 * @param error one of {@link #ERRORS}, which the failures throw; empty where they throw a failure
 * @param kills runs that kill their node before one does not
 */
public record Behaviour(
    int workMillis,
    int failures,
    boolean permanent,
    int attempts,
    long backoffMillis,
    String error,
    int kills) {
  /** What a handler may throw instead of a failure. */
  public static final List<String> ERRORS =
      List.of("StackOverflowError", "AssertionError", "NoClassDefFoundError");

  /** The code of an attempt that threw an error. */
  public static final String UNEXPECTED = "UNEXPECTED";

  /** The code of a run that was lost with its node. */
  public static final String LEASE_LOST = "LEASE_LOST";

  /** Kills of a task that kills its node whenever it runs. */
  public static final int ALWAYS = 1_000;

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

  /** Records that were written before there were errors and kills have none. */
  public Behaviour {
    error = error == null ? "" : error;
  }

  /** One that throws no error and kills no node. */
  public Behaviour(int workMillis, int failures, boolean permanent, int attempts, long backoff) {
    this(workMillis, failures, permanent, attempts, backoff, "", 0);
  }

  /** The same, but its failures throw this error. */
  public Behaviour throwing(String name) {
    return new Behaviour(workMillis, failures, permanent, attempts, backoffMillis, name, kills);
  }

  /** One that kills its node in so many runs, and then succeeds. */
  public static Behaviour killer(int kills) {
    return new Behaviour(1, 0, false, 1, 0, "", kills);
  }

  /** Whether it kills its node until its task is failed for that. */
  public boolean isKiller() {
    return kills == ALWAYS;
  }

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
    return permanent || isKiller() || failures >= attempts ? TaskState.FAILED : TaskState.SUCCEEDED;
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
    if (isKiller()) {
      return LEASE_LOST;
    }
    return failures >= attempts ? passingCode() : PERMANENT;
  }

  /** The code of the attempts that fail for now. */
  public String passingCode() {
    return error.isEmpty() ? PASSING : UNEXPECTED;
  }
}
