package io.tasklane.task.store;

import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import java.time.Duration;
import java.util.Map;

/**
 * A checked task with every default filled in, about to become a row.
 *
 * @param taskId final part of its name
 * @param chosenName whether the client chose the name, so that it may be taken already
 * @param queue key of the queue
 * @param queueId id of the queue
 * @param taskType name of the task type
 * @param input the input
 * @param priority how urgent
 * @param retryPolicy attempts and backoff
 * @param attemptTimeout time limit of one attempt
 * @param resultTtl how long the result is kept
 * @param labels free pairs
 * @param principal who asked for it
 */
public record NewTask(
    String taskId,
    boolean chosenName,
    int queue,
    String queueId,
    String taskType,
    Payload input,
    Priority priority,
    RetryPolicy retryPolicy,
    Duration attemptTimeout,
    Duration resultTtl,
    Map<String, String> labels,
    String principal) {
  /** "tasks/{task}". */
  public String name() {
    return "tasks/" + taskId;
  }
}
