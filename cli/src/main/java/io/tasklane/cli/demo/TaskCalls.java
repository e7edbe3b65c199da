package io.tasklane.cli.demo;

import com.google.protobuf.Timestamp;
import io.tasklane.cli.command.Connection;
import io.tasklane.v1.BatchCreateTasksRequest;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.GetTaskRequest;
import io.tasklane.v1.ListTasksRequest;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskServiceGrpc;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What the demo asks the server about tasks. */
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
   * @return the tasks, in the same order
   */
  List<Task> create(List<Task> wanted) {
    BatchCreateTasksRequest.Builder request =
        BatchCreateTasksRequest.newBuilder().setRequestId(UUID.randomUUID().toString());
    wanted.forEach(task -> request.addRequests(CreateTaskRequest.newBuilder().setTask(task)));
    return connection
        .service(TaskServiceGrpc::newBlockingStub)
        .batchCreateTasks(request.build())
        .getTasksList();
  }

  Task get(String name) {
    return connection
        .service(TaskServiceGrpc::newBlockingStub)
        .getTask(GetTaskRequest.newBuilder().setName(name).build())
        .getTask();
  }

  /** A time of the wire. */
  static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
