package io.tasklane.app;

import io.tasklane.task.Task;
import io.tasklane.task.TaskRequest;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where tasks are handed in, asked after and called back. */
public class TaskDesk {
  /**
   * Creates a task; the stage completes when it is durable.
   *
   * @throws Refusal (in the stage) INVALID_ARGUMENT with the field: QUEUE_UNKNOWN,
   *     TASK_TYPE_UNKNOWN, INPUT_SCHEMA, INVALID_FIELD, PAYLOAD_TOO_LARGE, REQUEST_ID_REUSED;
   *     ALREADY_EXISTS: TASK_EXISTS; UNAVAILABLE: DATABASE_UNAVAILABLE
   */
  public CompletionStage<Answer<Creation>> submit(TaskRequest request, Change<Creation> change) {
    throw new IllegalStateException();
  }

  /** Creates all or none, in order; fields of refusals begin with "requests[i].". */
  public CompletionStage<Answer<List<Creation>>> submitAll(
      List<TaskRequest> requests, Change<List<Creation>> change) {
    throw new IllegalStateException();
  }

  /** What {@link #submit} would create, with all checks and without creating it. */
  public Task preview(TaskRequest request, Caller caller) {
    throw new IllegalStateException();
  }

  /**
   * Cancels: a waiting task ends CANCELLED at once, a running one is told to stop and is CANCELLING
   * until it has.
   *
   * @param force interrupts a running handler at once, without the grace
   * @throws Refusal (in the stage) NOT_FOUND: TASK_NOT_FOUND; FAILED_PRECONDITION: TASK_ENDED
   */
  public CompletionStage<Answer<Task>> cancel(
      String taskId, String reason, boolean force, Change<Task> change) {
    throw new IllegalStateException();
  }

  /**
   * The task as it stands.
   *
   * @throws Refusal NOT_FOUND: TASK_NOT_FOUND
   */
  public Task get(String taskId) {
    throw new IllegalStateException();
  }

  /** Tasks that fit, newest first, at most the query's limit. */
  public List<Task> list(TaskQuery query) {
    throw new IllegalStateException();
  }
}
