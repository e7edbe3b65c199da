package io.tasklane.event;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The kinds of events in the log, by the codes in their rows. A code is never given again. */
public enum EventKind {
  /** A task was created, or moved to another state. */
  TASK_MOVED(1),
  /** A running task reported progress. */
  TASK_PROGRESSED(2),
  /** A queue was created, changed, paused, drained, resumed or deleted. */
  QUEUE_CHANGED(3),
  /** A producer outside, or a handler, published an event of its own type. */
  PUBLISHED(4),
  /** Ended tasks of a queue were removed after their retention period. */
  TASKS_REMOVED(5),
  /** A new task was made from a dead letter. */
  DEAD_LETTER_REPLAYED(11),
  /** A dead letter was discarded. */
  DEAD_LETTER_DISCARDED(12),
  /** A schedule was created, updated, enabled, disabled or deleted. */
  SCHEDULE_CHANGED(13),
  /** A schedule ran, because it was due or because somebody asked for it. */
  SCHEDULE_RAN(14),
  /** Due times of a schedule did not run. */
  SCHEDULE_SKIPPED(15),
  /** A calendar was created, updated or deleted. */
  CALENDAR_CHANGED(16),
  /** A workflow was started. */
  WORKFLOW_STARTED(41),
  /** A workflow moved to another state, was paused, or was resumed. */
  WORKFLOW_STATE_CHANGED(42),
  /** A node of a workflow moved to another state. */
  WORKFLOW_NODE_CHANGED(43),
  /** Somebody approved or rejected a node that waits for approvals. */
  WORKFLOW_NODE_DECIDED(44),
  /** A fact was set. */
  FACT_SET(51),
  /** A fact was deleted. */
  FACT_DELETED(52),
  /** A trigger was created, updated, enabled, disabled or deleted. */
  TRIGGER_CHANGED(61),
  /** A step of a task has succeeded. */
  TASK_STEP_SUCCEEDED(71),
  /** The body of a step has failed, or the condition of a wait. */
  TASK_STEP_FAILED(72);

  private static final Map<Integer, EventKind> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(EventKind::code, Function.identity()));

  private final int code;

  EventKind(int code) {
    this.code = code;
  }

  /** The code in the row of an event. */
  public int code() {
    return code;
  }

  /** The kind with this code, empty if this build knows none. */
  public static Optional<EventKind> of(int code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }
}
