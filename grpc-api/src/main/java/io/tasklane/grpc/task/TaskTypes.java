package io.tasklane.grpc.task;

import io.tasklane.grpc.call.PageSize;
import io.tasklane.grpc.call.PageToken;
import io.tasklane.grpc.call.Replay;
import io.tasklane.tasktype.StoredType;
import io.tasklane.tasktype.TaskTypeService;
import io.tasklane.v1.CreateTaskTypeRequest;
import io.tasklane.v1.CreateTaskTypeResponse;
import io.tasklane.v1.DeleteTaskTypeRequest;
import io.tasklane.v1.DeleteTaskTypeResponse;
import io.tasklane.v1.GetTaskTypeRequest;
import io.tasklane.v1.GetTaskTypeResponse;
import io.tasklane.v1.ListTaskTypesRequest;
import io.tasklane.v1.ListTaskTypesResponse;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Registers, lists and deletes task types. */
final class TaskTypes {
  private final TaskTypeService types;

  TaskTypes(TaskTypeService types) {
    this.types = types;
  }

  ListTaskTypesResponse list(ListTaskTypesRequest request) {
    PageToken token = new PageToken("task types", "");
    int size = PageSize.of(request.getPageSize());
    List<StoredType> found = types.list(token.position(request.getPageToken()).orElse(""), size);
    ListTaskTypesResponse.Builder page = ListTaskTypesResponse.newBuilder();
    found.stream().map(this::wire).forEach(page::addTaskTypes);
    if (found.size() == size) {
      page.setNextPageToken(token.after(found.get(size - 1).type().name()));
    }
    return page.build();
  }

  GetTaskTypeResponse get(GetTaskTypeRequest request) {
    return GetTaskTypeResponse.newBuilder()
        .setTaskType(wire(types.get(request.getTaskType())))
        .build();
  }

  CompletionStage<CreateTaskTypeResponse> create(CreateTaskTypeRequest request) {
    Replay<StoredType, CreateTaskTypeResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            stored -> CreateTaskTypeResponse.newBuilder().setTaskType(wire(stored)).build(),
            CreateTaskTypeResponse.parser());
    return types
        .register(
            TaskTypeMapping.fromWire(request.getTaskType(), "task_type"),
            TaskTypeMapping.revision(request.getTaskType()),
            replay.change())
        .thenApply(replay::response);
  }

  CompletionStage<DeleteTaskTypeResponse> delete(DeleteTaskTypeRequest request) {
    Replay<StoredType, DeleteTaskTypeResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            deleted -> DeleteTaskTypeResponse.getDefaultInstance(),
            DeleteTaskTypeResponse.parser());
    return types.delete(request.getTaskType(), replay.change()).thenApply(replay::response);
  }

  private io.tasklane.v1.TaskType wire(StoredType stored) {
    return TaskTypeMapping.toWire(stored, types.isBuiltIn(stored.type().name()));
  }
}
