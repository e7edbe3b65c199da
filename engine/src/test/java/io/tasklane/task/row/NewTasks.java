package io.tasklane.task.row;

import io.tasklane.key.QueueKey;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.task.RunRules;
import io.tasklane.task.StartConditions;
import io.tasklane.task.TaskSpec;
import io.tasklane.timeout.Timeouts;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** New tasks as tests need them. */
public final class NewTasks {
  private NewTasks() {}

  /** A task whose runs only its queue limits, with a time limit of one attempt. */
  public static NewTask of(
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
      StartConditions start,
      Optional<String> deduplicationKey,
      String principal,
      String path) {
    TaskSpec spec =
        new TaskSpec(
            taskId,
            queueId,
            taskType,
            input,
            priority,
            retryPolicy,
            Timeouts.ofAttempt(attemptTimeout),
            resultTtl,
            labels,
            start,
            deduplicationKey,
            RunRules.NONE);
    return new NewTask(spec, chosenName, new QueueKey(queue), principal, path, 0);
  }
}
