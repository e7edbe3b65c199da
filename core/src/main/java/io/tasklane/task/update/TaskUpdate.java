package io.tasklane.task.update;

import io.tasklane.task.Priority;
import io.tasklane.task.StartConditions;
import io.tasklane.task.Task;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A change to a waiting task. Only the named fields change.
 *
 * @param fields which of them
 * @param priority how urgent
 * @param runAfter not started before this time; empty removes the limit
 * @param expireTime fails if it has not started by then; empty removes the limit
 * @param labels free key-value pairs, as a whole
 */
public record TaskUpdate(
    Set<Field> fields,
    Priority priority,
    Optional<Instant> runAfter,
    Optional<Instant> expireTime,
    Map<String, String> labels) {
  /** A field that can be changed. */
  public enum Field {
    /** Takes effect at once among the waiting tasks. */
    PRIORITY,
    /** Before the first start only. */
    RUN_AFTER_TIME,
    /** Before the first start only. */
    EXPIRE_TIME,
    /** Any time while it waits. */
    LABELS;

    /** Whether it has no meaning once the task has started. */
    public boolean isBeforeStartOnly() {
      return this == RUN_AFTER_TIME || this == EXPIRE_TIME;
    }
  }

  /** Copies the fields and labels. */
  public TaskUpdate {
    fields = Set.copyOf(fields);
    labels = Map.copyOf(labels);
  }

  /** The priority the task will have. */
  public Priority priorityFor(Task task) {
    return fields.contains(Field.PRIORITY) ? priority : task.priority();
  }

  /** The conditions the task will have. */
  public StartConditions startFor(Task task) {
    StartConditions now = task.start();
    return new StartConditions(
        now.dependencies(),
        fields.contains(Field.RUN_AFTER_TIME) ? runAfter : now.runAfter(),
        fields.contains(Field.EXPIRE_TIME) ? expireTime : now.expireTime());
  }

  /** The labels the task will have. */
  public Map<String, String> labelsFor(Task task) {
    return fields.contains(Field.LABELS) ? labels : task.labels();
  }

  /**
   * The move that the new time causes by itself.
   *
   * @param now by the clock that decides what is due
   */
  public Optional<Move> moveFor(Task task, Instant now) {
    boolean later = startFor(task).isLater(now);
    if (task.state() == TaskState.QUEUED && later) {
      return Optional.of(Move.SCHEDULE);
    }
    boolean sleeps = task.startTime().isPresent(); // its step decides when it goes on
    return task.state() == TaskState.SCHEDULED && !sleeps && !later
        ? Optional.of(Move.COME_DUE)
        : Optional.empty();
  }
}
