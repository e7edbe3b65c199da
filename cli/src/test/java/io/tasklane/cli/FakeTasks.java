package io.tasklane.cli;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.tasklane.v1.BatchCreateTasksRequest;
import io.tasklane.v1.BatchCreateTasksResponse;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.CreateTaskResponse;
import io.tasklane.v1.GetTaskRequest;
import io.tasklane.v1.GetTaskResponse;
import io.tasklane.v1.ListTasksRequest;
import io.tasklane.v1.ListTasksResponse;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskServiceGrpc;
import io.tasklane.v1.WaitTaskRequest;
import io.tasklane.v1.WaitTaskResponse;
import io.tasklane.v1.WatchTaskRequest;
import io.tasklane.v1.WatchTaskResponse;
import java.util.List;

/** The task service of the fake server. */
final class FakeTasks extends TaskServiceGrpc.TaskServiceImplBase {
  private final FakeServer server;

  FakeTasks(FakeServer server) {
    this.server = server;
  }

  @Override
  public void createTask(CreateTaskRequest request, StreamObserver<CreateTaskResponse> answer) {
    Task task = server.create(request.getTask(), request.getTaskId());
    answer.onNext(CreateTaskResponse.newBuilder().setTask(task).build());
    answer.onCompleted();
  }

  @Override
  public void batchCreateTasks(
      BatchCreateTasksRequest request, StreamObserver<BatchCreateTasksResponse> answer) {
    List<Task> tasks =
        request.getRequestsList().stream().map(r -> server.create(r.getTask(), "")).toList();
    answer.onNext(BatchCreateTasksResponse.newBuilder().addAllTasks(tasks).build());
    answer.onCompleted();
  }

  @Override
  public void getTask(GetTaskRequest request, StreamObserver<GetTaskResponse> answer) {
    Task task = server.get(request.getName());
    if (task == null) {
      String message = "there is no task " + request.getName();
      answer.onError(Status.NOT_FOUND.withDescription(message).asRuntimeException());
      return;
    }
    answer.onNext(GetTaskResponse.newBuilder().setTask(task).build());
    answer.onCompleted();
  }

  @Override
  public void listTasks(ListTasksRequest request, StreamObserver<ListTasksResponse> answer) {
    answer.onNext(
        ListTasksResponse.newBuilder()
            .addAllTasks(server.all().stream().limit(request.getPageSize()).toList())
            .setResumeToken(Integer.toString(server.logEnd()))
            .build());
    answer.onCompleted();
  }

  @Override
  public void waitTask(WaitTaskRequest request, StreamObserver<WaitTaskResponse> answer) {
    Task task = server.get(request.getName());
    boolean reached = request.getStatesList().contains(task.getState());
    answer.onNext(WaitTaskResponse.newBuilder().setTask(task).setReached(reached).build());
    answer.onCompleted();
  }

  @Override
  public void watchTask(WatchTaskRequest request, StreamObserver<WatchTaskResponse> answer) {
    Task task = server.get(request.getName());
    Task running = task.toBuilder().setState(Task.State.STATE_RUNNING).build();
    answer.onNext(WatchTaskResponse.newBuilder().setTask(running).build());
    answer.onNext(WatchTaskResponse.newBuilder().setTask(task).build());
    answer.onCompleted();
  }
}
