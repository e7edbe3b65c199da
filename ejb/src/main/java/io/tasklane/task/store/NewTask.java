package io.tasklane.task.store;

import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.Actor;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.task.Task;
import io.tasklane.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
  /** Keys of the queues these tasks are for. */
  static Set<Integer> queuesOf(List<NewTask> tasks) {
    if (tasks.size() == 1) {
      return Set.of(tasks.get(0).queue());
    }
    return tasks.stream().map(NewTask::queue).collect(Collectors.toSet());
  }

  /** "tasks/{task}". */
  public String name() {
    return "tasks/" + taskId;
  }

  /**
   * The task as its new row says, without reading it back. The key and the revision are the row's.
   */
  public Task asCreated(long id, long revision, Instant at) {
    return new Task(
        id,
        taskId(),
        queueId(),
        taskType(),
        input(),
        priority(),
        retryPolicy(),
        attemptTimeout(),
        resultTtl(),
        labels(),
        TaskState.QUEUED,
        0,
        0,
        0,
        "",
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.<Actor>empty(),
        at,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        revision);
  }
}
