package io.tasklane.grpc.task;

import io.tasklane.grpc.call.PageSize;
import io.tasklane.grpc.call.PageToken;
import io.tasklane.grpc.wire.RetryMapping;
import io.tasklane.grpc.wire.TimeoutMapping;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.service.TaskService;
import io.tasklane.task.TaskType;
import io.tasklane.timeout.RequestedTimeouts;
import io.tasklane.v1.ListTaskTypesRequest;
import io.tasklane.v1.ListTaskTypesResponse;
import java.util.List;

/** Lists the task types that are served, page by page. */
final class TaskTypes {
  private final TaskService tasks;

  TaskTypes(TaskService tasks) {
    this.tasks = tasks;
  }

  ListTaskTypesResponse list(ListTaskTypesRequest request) {
    PageToken token = new PageToken("task types", "");
    int size = PageSize.of(request.getPageSize());
    List<TaskType> found = tasks.types(token.position(request.getPageToken()).orElse(""), size);
    ListTaskTypesResponse.Builder page = ListTaskTypesResponse.newBuilder();
    found.stream().map(TaskTypes::toWire).forEach(page::addTaskTypes);
    if (found.size() == size) {
      page.setNextPageToken(token.after(found.get(size - 1).name()));
    }
    return page.build();
  }

  private static io.tasklane.v1.TaskType toWire(TaskType type) {
    io.tasklane.v1.TaskType.Builder wire =
        io.tasklane.v1.TaskType.newBuilder()
            .setTaskType(type.name())
            .addAllQueues(type.queues().stream().map(WireName.QUEUE::of).toList())
            .setDescription(type.description())
            .setInputSchema(type.inputSchema())
            .setBuiltIn(true);
    type.retryPolicy().map(RetryMapping::toWire).ifPresent(wire::setDefaultRetryPolicy);
    if (!type.timeouts().equals(RequestedTimeouts.NONE)) {
      wire.setDefaultTimeouts(TimeoutMapping.toWire(type.timeouts()));
    }
    return wire.build();
  }
}
