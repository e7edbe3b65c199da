package io.tasklane.grpc.task;

import com.google.rpc.Status;
import io.tasklane.api.Creation;
import io.tasklane.api.Refusal;
import io.tasklane.grpc.call.CallInfo;
import io.tasklane.grpc.call.Calls;
import io.tasklane.grpc.call.Replay;
import io.tasklane.grpc.error.ErrorReporter;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.service.TaskService;
import io.tasklane.task.TaskRequest;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.StreamCreateTasksRequest;
import io.tasklane.v1.StreamCreateTasksResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Creates the task of one element of a stream, or returns the reason why not. */
final class ElementCreation {
  private static final String PATH = "request.";

  private final Calls calls;
  private final TaskService tasks;

  ElementCreation(Calls calls, TaskService tasks) {
    this.calls = calls;
    this.tasks = tasks;
  }

  /**
   * The result of one element; the stage never fails.
   *
   * @param before the largest sequence of the elements before
   */
  CompletionStage<StreamCreateTasksResult> create(StreamCreateTasksRequest element, long before) {
    String method = CallInfo.current().method();
    return begun(element, before)
        .handle(
            (result, failure) ->
                (failure == null ? result.toBuilder() : refused(method, failure))
                    .setSequence(element.getSequence())
                    .build());
  }

  private CompletionStage<StreamCreateTasksResult> begun(
      StreamCreateTasksRequest element, long before) {
    try {
      calls.check().check(element);
      checkSequence(element.getSequence(), before);
      return create(element.getRequest());
    } catch (RuntimeException | Error failure) {
      return CompletableFuture.failedStage(failure);
    }
  }

  private CompletionStage<StreamCreateTasksResult> create(CreateTaskRequest request) {
    TaskRequest wanted = TaskRequests.read(request, PATH);
    if (request.getValidateOnly()) {
      Creation preview = tasks.preview(wanted, CallInfo.current().caller());
      return CompletableFuture.completedStage(created(preview));
    }
    Replay<Creation, StreamCreateTasksResult> replay =
        Replay.of(
            request,
            request.getRequestId(),
            ElementCreation::created,
            StreamCreateTasksResult.parser());
    return tasks.handIn(wanted, replay.change()).thenApply(replay::response);
  }

  private static void checkSequence(long sequence, long before) {
    if (sequence <= before) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD,
          "sequence",
          sequence
              + " is not allowed: larger than those before, of which the largest is "
              + before);
    }
  }

  private static StreamCreateTasksResult created(Creation creation) {
    return StreamCreateTasksResult.newBuilder()
        .setTask(creation.task().name())
        .setExisting(creation.existing())
        .setStatus(Status.getDefaultInstance())
        .build();
  }

  private StreamCreateTasksResult.Builder refused(String method, Throwable failure) {
    Throwable cause = ErrorReporter.unwrapped(failure);
    Throwable reported = cause instanceof Refusal refusal ? refusal.within(PATH) : cause;
    return StreamCreateTasksResult.newBuilder().setStatus(calls.errors().status(method, reported));
  }
}
