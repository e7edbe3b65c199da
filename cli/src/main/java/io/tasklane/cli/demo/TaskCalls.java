package io.tasklane.cli.demo;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.output.Json;
import io.tasklane.cli.queue.QueueName;
import io.tasklane.v1.BatchCreateTasksRequest;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.GetTaskRequest;
import io.tasklane.v1.ListTasksRequest;
import io.tasklane.v1.Payload;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskServiceGrpc;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What the demo asks the server: create these, and how is that one. */
final class TaskCalls {
  private final Connection connection;

  TaskCalls(Connection connection) {
    this.connection = connection;
  }

  /** Where the event log stands now. */
  String resumeToken() {
    ListTasksRequest request = ListTasksRequest.newBuilder().setPageSize(1).build();
    return connection.service(TaskServiceGrpc::newBlockingStub).listTasks(request).getResumeToken();
  }

  /**
   * Creates all of them or none.
   *
   * @return the tasks in the order of the orders
   */
  List<Task> create(List<Order> orders) {
    BatchCreateTasksRequest request =
        BatchCreateTasksRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .addAllRequests(orders.stream().map(TaskCalls::request).toList())
            .build();
    return connection
        .service(TaskServiceGrpc::newBlockingStub)
        .batchCreateTasks(request)
        .getTasksList();
  }

  Task get(String name) {
    return connection
        .service(TaskServiceGrpc::newBlockingStub)
        .getTask(GetTaskRequest.newBuilder().setName(name).build())
        .getTask();
  }

  private static CreateTaskRequest request(Order order) {
    Payload input =
        Payload.newBuilder()
            .setContentType("application/json")
            .setInline(ByteString.copyFromUtf8(Json.line(order.input())))
            .build();
    Task.Builder task =
        Task.newBuilder()
            .setQueue(QueueName.of(order.queue()))
            .setTaskType(order.type())
            .setPriority(order.priority())
            .setInput(input)
            .putLabels("run", "demo");
    for (Order.Need need : order.needs()) {
      task.addDependenciesBuilder().setTask("tasks/" + need.id()).setInputKey(need.inputKey());
    }
    return CreateTaskRequest.newBuilder().setTaskId(order.id()).setTask(task).build();
  }

  /** A time of the wire. */
  static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
