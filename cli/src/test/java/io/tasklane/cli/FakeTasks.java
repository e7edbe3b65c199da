package io.tasklane.cli;

import com.google.protobuf.util.Timestamps;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.tasklane.v1.Attempt;
import io.tasklane.v1.BatchCreateTasksRequest;
import io.tasklane.v1.BatchCreateTasksResponse;
import io.tasklane.v1.CancelTaskRequest;
import io.tasklane.v1.CancelTaskResponse;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.CreateTaskResponse;
import io.tasklane.v1.CreateTaskTypeRequest;
import io.tasklane.v1.CreateTaskTypeResponse;
import io.tasklane.v1.DeleteTaskTypeRequest;
import io.tasklane.v1.DeleteTaskTypeResponse;
import io.tasklane.v1.ExplainTaskRequest;
import io.tasklane.v1.ExplainTaskResponse;
import io.tasklane.v1.Failure;
import io.tasklane.v1.GetTaskRequest;
import io.tasklane.v1.GetTaskResponse;
import io.tasklane.v1.GetTaskTypeRequest;
import io.tasklane.v1.GetTaskTypeResponse;
import io.tasklane.v1.ListTaskAttemptsRequest;
import io.tasklane.v1.ListTaskAttemptsResponse;
import io.tasklane.v1.ListTaskTypesRequest;
import io.tasklane.v1.ListTaskTypesResponse;
import io.tasklane.v1.ListTasksRequest;
import io.tasklane.v1.ListTasksResponse;
import io.tasklane.v1.RetryTaskRequest;
import io.tasklane.v1.RetryTaskResponse;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskServiceGrpc;
import io.tasklane.v1.TaskStep;
import io.tasklane.v1.TaskType;
import io.tasklane.v1.WaitTaskRequest;
import io.tasklane.v1.WaitTaskResponse;
import io.tasklane.v1.WatchTaskRequest;
import io.tasklane.v1.WatchTaskResponse;
import java.util.List;
import java.util.Optional;

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
    find(request.getName(), answer)
        .ifPresent(
            task -> {
              answer.onNext(
                  GetTaskResponse.newBuilder().setTask(task).addAllSteps(steps()).build());
              answer.onCompleted();
            });
  }

  @Override
  public void cancelTask(CancelTaskRequest request, StreamObserver<CancelTaskResponse> answer) {
    find(request.getName(), answer)
        .ifPresent(
            task -> {
              answer.onNext(CancelTaskResponse.newBuilder().setTask(task).build());
              answer.onCompleted();
            });
  }

  private Optional<Task> find(String name, StreamObserver<?> answer) {
    Task task = server.get(name);
    if (task == null) {
      String message = "there is no task " + name;
      answer.onError(Status.NOT_FOUND.withDescription(message).asRuntimeException());
    }
    return Optional.ofNullable(task);
  }

  private static List<TaskStep> steps() {
    TaskStep done =
        TaskStep.newBuilder()
            .setName("fetch AAPL")
            .setState(TaskStep.State.STATE_SUCCEEDED)
            .setResultSizeBytes(12)
            .build();
    TaskStep waits =
        TaskStep.newBuilder()
            .setName("rest")
            .setState(TaskStep.State.STATE_WAITING)
            .setDueTime(Timestamps.fromSeconds(1))
            .build();
    return List.of(done, waits);
  }

  @Override
  public void explainTask(ExplainTaskRequest request, StreamObserver<ExplainTaskResponse> answer) {
    answer.onNext(
        ExplainTaskResponse.newBuilder()
            .setExplanation(server.explanation.toBuilder().setTask(request.getName()))
            .build());
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
  public void retryTask(RetryTaskRequest request, StreamObserver<RetryTaskResponse> answer) {
    Task old = server.get(request.getName());
    server.freshSteps.add(request.getFreshSteps());
    Task asked =
        request.hasInputOverride()
            ? old.toBuilder().setInput(request.getInputOverride()).build()
            : old;
    Task again = server.create(asked.toBuilder().setRetryOf(old.getName()).build(), "again");
    answer.onNext(RetryTaskResponse.newBuilder().setTask(again).build());
    answer.onCompleted();
  }

  /** Two pages of one run each. */
  @Override
  public void listTaskAttempts(
      ListTaskAttemptsRequest request, StreamObserver<ListTaskAttemptsResponse> answer) {
    boolean second = !request.getPageToken().isEmpty();
    Attempt run =
        Attempt.newBuilder()
            .setNumber(second ? 2 : 1)
            .setFencingToken(second ? 12 : 11)
            .setExecutor("nodes/n1")
            .setFailure(Failure.newBuilder().setCode("FEED_DOWN").setMessage("503"))
            .setLog("fetched " + request.getName())
            .addAllSteps(steps())
            .build();
    answer.onNext(
        ListTaskAttemptsResponse.newBuilder()
            .addAttempts(run)
            .setNextPageToken(second ? "" : "more")
            .build());
    answer.onCompleted();
  }

  @Override
  public void listTaskTypes(
      ListTaskTypesRequest request, StreamObserver<ListTaskTypesResponse> answer) {
    answer.onNext(
        ListTaskTypesResponse.newBuilder()
            .addTaskTypes(
                TaskType.newBuilder()
                    .setTaskType("recommendation")
                    .addQueues("queues/AI_ANALYSIS")
                    .setDescription("Says what to buy.")
                    .setInputSchema("{}"))
            .addTaskTypes(TaskType.newBuilder().setTaskType("system.noop"))
            .build());
    answer.onCompleted();
  }

  @Override
  public void createTaskType(
      CreateTaskTypeRequest request, StreamObserver<CreateTaskTypeResponse> answer) {
    server.taskTypes.add(request);
    answer.onNext(CreateTaskTypeResponse.newBuilder().setTaskType(request.getTaskType()).build());
    answer.onCompleted();
  }

  @Override
  public void getTaskType(GetTaskTypeRequest request, StreamObserver<GetTaskTypeResponse> answer) {
    answer.onNext(
        GetTaskTypeResponse.newBuilder()
            .setTaskType(TaskType.newBuilder().setTaskType(request.getTaskType()))
            .build());
    answer.onCompleted();
  }

  @Override
  public void deleteTaskType(
      DeleteTaskTypeRequest request, StreamObserver<DeleteTaskTypeResponse> answer) {
    server.taskTypes.add(request);
    answer.onNext(DeleteTaskTypeResponse.getDefaultInstance());
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
