package io.tasklane.event;

import java.time.Instant;
import java.util.Optional;

/**
 * An event of the log.
 *
 * @param transaction first half of its position
 * @param sequence second half of its position; also its revision, which grows within a subject
 * @param type such as "task.state_changed"
 * @param subject resource name, such as "tasks/x"
 * @param queue id of the queue it is about, empty if it is about none
 * @param change what it did to a task, empty if it is about none
 * @param data JSON object with the details
 * @param actor principal that caused it
 * @param time when it happened
 * @param eventId the id that an external producer gave it, empty for all others
 * @param removal which ended tasks were removed, empty if it reports no removal
 */
public record LogEvent(
    long transaction,
    long sequence,
    String type,
    String subject,
    String queue,
    Optional<TaskChange> change,
    String data,
    String actor,
    Instant time,
    String eventId,
    Optional<Removal> removal) {
  /** A task moved from one state to another. */
  public static final String TASK_STATE_CHANGED = "task.state_changed";

  /** A running task reported progress. */
  public static final String TASK_PROGRESS = "task.progress";

  /** A queue was created, changed, paused, drained, resumed or deleted. */
  public static final String QUEUE_CHANGED = "queue.changed";

  /** Ended tasks of a queue were removed. */
  public static final String TASKS_REMOVED = "queue.tasks_removed";

  /** An event without a producer's id and without a removal. */
  public LogEvent(
      long transaction,
      long sequence,
      String type,
      String subject,
      String queue,
      Optional<TaskChange> change,
      String data,
      String actor,
      Instant time) {
    this(
        transaction,
        sequence,
        type,
        subject,
        queue,
        change,
        data,
        actor,
        time,
        "",
        Optional.empty());
  }

  /** A new task was made from a dead letter. */
  public static final String DEAD_LETTER_REPLAYED = "dead_letter.replayed";

  /** A dead letter was discarded. */
  public static final String DEAD_LETTER_DISCARDED = "dead_letter.discarded";

  /** A schedule was created, updated, enabled, disabled or deleted. */
  public static final String SCHEDULE_CHANGED = "schedule.changed";

  /** A schedule ran. */
  public static final String SCHEDULE_RAN = "schedule.ran";

  /** Due times of a schedule did not run. */
  public static final String SCHEDULE_SKIPPED = "schedule.skipped";

  /** A calendar was created, updated or deleted. */
  public static final String CALENDAR_CHANGED = "schedule.calendar_changed";

  /** Its position in the log of this cluster. */
  public ResumeToken token(String generation) {
    return new ResumeToken(generation, transaction, sequence);
  }
}
