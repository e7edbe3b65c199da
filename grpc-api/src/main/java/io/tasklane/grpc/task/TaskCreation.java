package io.tasklane.grpc.task;

import io.tasklane.api.CopyOptions;
import io.tasklane.api.Creation;
import io.tasklane.grpc.call.CallInfo;
import io.tasklane.grpc.call.Replay;
import io.tasklane.grpc.wire.PayloadMapping;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.service.TaskService;
import io.tasklane.task.Payload;
import io.tasklane.task.Task;
import io.tasklane.task.TaskRequest;
import io.tasklane.v1.BatchCreateTasksRequest;
import io.tasklane.v1.BatchCreateTasksResponse;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.CreateTaskResponse;
import io.tasklane.v1.RetryTaskRequest;
import io.tasklane.v1.RetryTaskResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Creates tasks, one or many, anew or as copies. */
final class TaskCreation {
  private final TaskService tasks;

  TaskCreation(TaskService tasks) {
    this.tasks = tasks;
  }

  CompletionStage<CreateTaskResponse> create(CreateTaskRequest request) {
    TaskRequest wanted = TaskRequests.read(request, "");
    if (request.getValidateOnly()) {
      Creation preview = tasks.preview(wanted, CallInfo.current().caller());
      return CompletableFuture.completedStage(created(preview));
    }
    Replay<Creation, CreateTaskResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            TaskCreation::created,
            StoredCreation.of(wanted.input()));
    return tasks.submit(wanted, replay.change()).thenApply(replay::response);
  }

  CompletionStage<BatchCreateTasksResponse> createAll(BatchCreateTasksRequest request) {
    List<TaskRequest> wanted = new ArrayList<>(request.getRequestsCount());
    for (int i = 0; i < request.getRequestsCount(); i++) {
      wanted.add(TaskRequests.read(request.getRequests(i), "requests[" + i + "]."));
    }
    Replay<List<Creation>, BatchCreateTasksResponse> replay =
        Replay.of(
            request, request.getRequestId(), TaskCreation::allCreated, StoredCreation.ofAll());
    return tasks.submitAll(wanted, replay.change()).thenApply(replay::response);
  }

  CompletionStage<RetryTaskResponse> retry(RetryTaskRequest request) {
    Replay<Task, RetryTaskResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            task -> RetryTaskResponse.newBuilder().setTask(TaskMapping.toWire(task)).build(),
            RetryTaskResponse.parser());
    Optional<Payload> input =
        request.hasInputOverride()
            ? Optional.of(PayloadMapping.fromWire(request.getInputOverride()))
            : Optional.empty();
    return tasks
        .retry(
            WireName.TASK.id(request.getName(), "name"),
            new CopyOptions(input, request.getIgnoreDependencies(), request.getFreshSteps()),
            replay.change())
        .thenApply(replay::response);
  }

  static CreateTaskResponse created(Creation creation) {
    return CreateTaskResponse.newBuilder()
        .setTask(TaskMapping.toWire(creation.task()))
        .setExisting(creation.existing())
        .build();
  }

  /** Without the inputs, which the client has and which might be too large for one answer. */
  static BatchCreateTasksResponse allCreated(List<Creation> creations) {
    BatchCreateTasksResponse.Builder all = BatchCreateTasksResponse.newBuilder();
    for (Creation creation : creations) {
      all.addTasks(TaskMapping.toWire(creation.task()).toBuilder().clearInput());
      all.addExisting(creation.existing());
    }
    return all.build();
  }
}
