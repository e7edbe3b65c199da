package io.tasklane.schedule.stored;

import io.tasklane.task.state.TaskState;
import java.time.Instant;
import java.util.Optional;

/**
 * What has become of one due time, or a run that was asked for.
 *
 * @param scheduledTime when it was due, or triggered; unique among those of a schedule that ran
 * @param cause why there is such a run
 * @param outcome what has become of it
 * @param startTime from when its task or workflow may start; empty if it did not run
 * @param target name of its task or workflow, such as "tasks/x"; empty if there is none, or none
 *     yet: a workflow is started at the start time
 * @param explanation why it did not run, or could not be started; empty otherwise
 * @param endTime when its task or workflow ended; empty before
 * @param endState state in which it ended: a workflow succeeds, fails and is cancelled as a task is
 */
public record ScheduleRun(
    Instant scheduledTime,
    Cause cause,
    Outcome outcome,
    Optional<Instant> startTime,
    String target,
    String explanation,
    Optional<Instant> endTime,
    Optional<TaskState> endState) {
  private static final String TASKS = "tasks/";

  /** What has become of it. The code is stored in rows and used on the wire. */
  public enum Outcome {
    /** Its task was created, or its workflow was started or will be after the jitter. */
    STARTED(1),
    /** An earlier run had not ended. */
    SKIPPED_OVERLAP(2),
    /** The calendar was closed. */
    SKIPPED_CLOSED(3),
    /** Nobody looked in time. */
    MISSED(4),
    /** Its task could not be created, or its workflow not be started. */
    FAILED_TO_START(5);

    private final int code;

    Outcome(int code) {
      this.code = code;
    }

    /** The stored code. */
    public int code() {
      return code;
    }

    /**
     * The outcome with this code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Outcome of(int code) {
      for (Outcome outcome : values()) {
        if (outcome.code == code) {
          return outcome;
        }
      }
      throw new IllegalArgumentException("no outcome of a run has the code " + code);
    }
  }

  /** Why there is such a run. The code is stored in rows and used on the wire. */
  public enum Cause {
    /** It was due. */
    DUE(1),
    /** Somebody triggered it. */
    TRIGGERED(2),
    /** Somebody asked for the past. */
    BACKFILLED(3);

    private final int code;

    Cause(int code) {
      this.code = code;
    }

    /** The stored code. */
    public int code() {
      return code;
    }

    /**
     * The cause with this code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Cause of(int code) {
      for (Cause cause : values()) {
        if (cause.code == code) {
          return cause;
        }
      }
      throw new IllegalArgumentException("no cause of a run has the code " + code);
    }
  }

  /** One that has started and has not ended. */
  public static ScheduleRun started(
      Instant scheduledTime, Cause cause, Instant startTime, String target) {
    return new ScheduleRun(
        scheduledTime,
        cause,
        Outcome.STARTED,
        Optional.of(startTime),
        target,
        "",
        Optional.empty(),
        Optional.empty());
  }

  /** One that has not started. */
  public static ScheduleRun without(
      Instant scheduledTime, Cause cause, Outcome outcome, String explanation) {
    return new ScheduleRun(
        scheduledTime,
        cause,
        outcome,
        Optional.empty(),
        "",
        explanation,
        Optional.empty(),
        Optional.empty());
  }

  /** Final part of the name of its task; empty if it has none. */
  public String taskId() {
    return target.startsWith(TASKS) ? target.substring(TASKS.length()) : "";
  }
}
