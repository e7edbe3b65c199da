package io.tasklane.event;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened, as the log keeps it.
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
    Instant time) {
  /** A task moved from one state to another. */
  public static final String TASK_STATE_CHANGED = "task.state_changed";

  /** A running task told how far it is. */
  public static final String TASK_PROGRESS = "task.progress";

  /** A queue was created, changed, paused, drained, resumed or deleted. */
  public static final String QUEUE_CHANGED = "queue.changed";

  /** Its position in the log of this cluster. */
  public ResumeToken token(String generation) {
    return new ResumeToken(generation, transaction, sequence);
  }
}
