package io.tasklane.grpc.task;

import io.grpc.stub.StreamObserver;
import io.tasklane.event.EventService;
import io.tasklane.grpc.call.Calls;
import io.tasklane.grpc.call.ReadMask;
import io.tasklane.grpc.call.Replay;
import io.tasklane.grpc.stream.Alarm;
import io.tasklane.grpc.stream.Lifetime;
import io.tasklane.grpc.stream.MessageSource;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.service.TaskService;
import io.tasklane.step.StepService;
import io.tasklane.task.explain.ExplainService;
import io.tasklane.tasktype.TaskTypeService;
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
import io.tasklane.v1.StreamCreateTasksRequest;
import io.tasklane.v1.StreamCreateTasksResponse;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskServiceGrpc;
import io.tasklane.v1.UpdateTaskRequest;
import io.tasklane.v1.UpdateTaskResponse;
import io.tasklane.v1.WaitTaskRequest;
import io.tasklane.v1.WaitTaskResponse;
import io.tasklane.v1.WatchTaskRequest;
import io.tasklane.v1.WatchTaskResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/** Serves TaskService; what it does not override answers UNIMPLEMENTED. */
public final class TaskServiceEndpoint extends TaskServiceGrpc.TaskServiceImplBase {
  private static final Duration DEFAULT_WAIT = Duration.ofSeconds(60);

  private final Calls calls;
  private final TaskService tasks;
  private final ExplainService explanations;
  private final EventService events;
  private final Alarm alarm;
  private final RandomGenerator random;
  private final TaskCreation creation;
  private final ElementCreation elements;
  private final TaskLists lists;
  private final TaskAttempts attempts;
  private final StepService steps;
  private final TaskTypes types;

  /**
   * Creates the endpoint.
   *
   * @param calls how calls are served
   * @param tasks creates, reads and changes tasks
   * @param types registers their types
   * @param explanations says why they are not running
   * @param steps that their runs have kept
   * @param events reads the event log
   * @param alarm calls back after a delay
   * @param random draws how long streams live
   */
  public TaskServiceEndpoint(
      Calls calls,
      TaskService tasks,
      TaskTypeService types,
      ExplainService explanations,
      StepService steps,
      EventService events,
      Alarm alarm,
      RandomGenerator random) {
    this.calls = calls;
    this.tasks = tasks;
    this.explanations = explanations;
    this.events = events;
    this.alarm = alarm;
    this.random = random;
    this.creation = new TaskCreation(tasks);
    this.elements = new ElementCreation(calls, tasks);
    this.lists = new TaskLists(tasks, events);
    this.attempts = new TaskAttempts(tasks, steps);
    this.steps = steps;
    this.types = new TaskTypes(types);
  }

  @Override
  public void createTask(CreateTaskRequest request, StreamObserver<CreateTaskResponse> out) {
    calls.answerLater(request, out, creation::create);
  }

  @Override
  public void batchCreateTasks(
      BatchCreateTasksRequest request, StreamObserver<BatchCreateTasksResponse> out) {
    calls.answerLater(request, out, creation::createAll);
  }

  @Override
  public StreamObserver<StreamCreateTasksRequest> streamCreateTasks(
      StreamObserver<StreamCreateTasksResponse> out) {
    return calls.exchange(
        out, ask -> new CreationStream(elements::create, ask, alarm, Lifetime.draw(random)));
  }

  @Override
  public void getTask(GetTaskRequest request, StreamObserver<GetTaskResponse> out) {
    calls.answer(request, out, this::get);
  }

  @Override
  public void listTasks(ListTasksRequest request, StreamObserver<ListTasksResponse> out) {
    calls.answer(request, out, lists::list);
  }

  @Override
  public void cancelTask(CancelTaskRequest request, StreamObserver<CancelTaskResponse> out) {
    calls.answerLater(request, out, this::cancel);
  }

  @Override
  public void updateTask(UpdateTaskRequest request, StreamObserver<UpdateTaskResponse> out) {
    calls.answerLater(request, out, this::update);
  }

  @Override
  public void retryTask(RetryTaskRequest request, StreamObserver<RetryTaskResponse> out) {
    calls.answerLater(request, out, creation::retry);
  }

  @Override
  public void explainTask(ExplainTaskRequest request, StreamObserver<ExplainTaskResponse> out) {
    calls.answer(request, out, this::explain);
  }

  @Override
  public void listTaskAttempts(
      ListTaskAttemptsRequest request, StreamObserver<ListTaskAttemptsResponse> out) {
    calls.answer(request, out, attempts::list);
  }

  @Override
  public void listTaskTypes(
      ListTaskTypesRequest request, StreamObserver<ListTaskTypesResponse> out) {
    calls.answer(request, out, types::list);
  }

  @Override
  public void createTaskType(
      CreateTaskTypeRequest request, StreamObserver<CreateTaskTypeResponse> out) {
    calls.answerLater(request, out, types::create);
  }

  @Override
  public void getTaskType(GetTaskTypeRequest request, StreamObserver<GetTaskTypeResponse> out) {
    calls.answer(request, out, types::get);
  }

  @Override
  public void deleteTaskType(
      DeleteTaskTypeRequest request, StreamObserver<DeleteTaskTypeResponse> out) {
    calls.answerLater(request, out, types::delete);
  }

  @Override
  public void waitTask(WaitTaskRequest request, StreamObserver<WaitTaskResponse> out) {
    calls.stream(request, out, this::wait);
  }

  @Override
  public void watchTask(WatchTaskRequest request, StreamObserver<WatchTaskResponse> out) {
    calls.stream(request, out, this::watch);
  }

  private GetTaskResponse get(GetTaskRequest request) {
    ReadMask<Task> mask = ReadMask.of(request.getReadMask(), Task.getDefaultInstance());
    String taskId = WireName.TASK.id(request.getName(), "name");
    Task task = TaskMapping.toWire(tasks.get(taskId));
    GetTaskResponse.Builder response = GetTaskResponse.newBuilder().setTask(mask.of(task));
    if (!request.hasReadMask()) {
      steps.list(taskId).stream().map(StepMapping::toWire).forEach(response::addSteps);
    }
    return response.build();
  }

  private ExplainTaskResponse explain(ExplainTaskRequest request) {
    String taskId = WireName.TASK.id(request.getName(), "name");
    return ExplainTaskResponse.newBuilder()
        .setExplanation(ExplanationMapping.toWire(explanations.explain(taskId)))
        .build();
  }

  private CompletionStage<CancelTaskResponse> cancel(CancelTaskRequest request) {
    Replay<io.tasklane.task.Task, CancelTaskResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            task -> CancelTaskResponse.newBuilder().setTask(TaskMapping.toWire(task)).build(),
            CancelTaskResponse.parser());
    String taskId = WireName.TASK.id(request.getName(), "name");
    return tasks
        .cancel(taskId, request.getReason(), request.getForce(), replay.change())
        .thenApply(replay::response);
  }

  private CompletionStage<UpdateTaskResponse> update(UpdateTaskRequest request) {
    Replay<io.tasklane.task.Task, UpdateTaskResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            task -> UpdateTaskResponse.newBuilder().setTask(TaskMapping.toWire(task)).build(),
            UpdateTaskResponse.parser());
    String taskId = WireName.TASK.id(request.getTask().getName(), "task.name");
    return tasks
        .update(
            taskId,
            TaskUpdates.version(request.getTask().getEtag()),
            TaskUpdates.read(request, calls.check()),
            replay.change())
        .thenApply(replay::response);
  }

  private MessageSource<WaitTaskResponse> wait(WaitTaskRequest request) {
    Duration timeout = request.hasTimeout() ? WireTime.of(request.getTimeout()) : DEFAULT_WAIT;
    return new TaskWait(
        follower(request.getName()), Set.copyOf(request.getStatesList()), alarm, timeout);
  }

  private MessageSource<WatchTaskResponse> watch(WatchTaskRequest request) {
    ReadMask<Task> mask = ReadMask.of(request.getReadMask(), Task.getDefaultInstance());
    return new TaskWatch(follower(request.getName()), mask, alarm, Lifetime.draw(random));
  }

  private TaskFollower follower(String name) {
    return new TaskFollower(tasks, events, WireName.TASK.id(name, "name"));
  }
}
