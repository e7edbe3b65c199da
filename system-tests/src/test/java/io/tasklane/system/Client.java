package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.tasklane.v1.ArtifactServiceGrpc;
import io.tasklane.v1.ArtifactServiceGrpc.ArtifactServiceBlockingStub;
import io.tasklane.v1.BatchCreateTasksRequest;
import io.tasklane.v1.BatchOperationServiceGrpc;
import io.tasklane.v1.BatchOperationServiceGrpc.BatchOperationServiceBlockingStub;
import io.tasklane.v1.CancelTaskRequest;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.DeadLetterServiceGrpc;
import io.tasklane.v1.DeadLetterServiceGrpc.DeadLetterServiceBlockingStub;
import io.tasklane.v1.EventServiceGrpc;
import io.tasklane.v1.EventServiceGrpc.EventServiceBlockingStub;
import io.tasklane.v1.FactServiceGrpc;
import io.tasklane.v1.FactServiceGrpc.FactServiceBlockingStub;
import io.tasklane.v1.GetTaskRequest;
import io.tasklane.v1.ListTasksRequest;
import io.tasklane.v1.PauseQueueRequest;
import io.tasklane.v1.Payload;
import io.tasklane.v1.QueueServiceGrpc;
import io.tasklane.v1.QueueServiceGrpc.QueueServiceBlockingStub;
import io.tasklane.v1.ResourceServiceGrpc;
import io.tasklane.v1.ResourceServiceGrpc.ResourceServiceBlockingStub;
import io.tasklane.v1.ResumeQueueRequest;
import io.tasklane.v1.ScheduleServiceGrpc;
import io.tasklane.v1.ScheduleServiceGrpc.ScheduleServiceBlockingStub;
import io.tasklane.v1.Task;
import io.tasklane.v1.Task.State;
import io.tasklane.v1.TaskServiceGrpc;
import io.tasklane.v1.TaskServiceGrpc.TaskServiceBlockingStub;
import io.tasklane.v1.TriggerServiceGrpc;
import io.tasklane.v1.TriggerServiceGrpc.TriggerServiceBlockingStub;
import io.tasklane.v1.WaitTaskRequest;
import io.tasklane.v1.WaitTaskResponse;
import io.tasklane.v1.WorkerServiceGrpc;
import io.tasklane.v1.WorkerServiceGrpc.WorkerServiceBlockingStub;
import io.tasklane.v1.WorkflowServiceGrpc;
import io.tasklane.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.tasklane.v1.WorkflowTemplateServiceGrpc;
import io.tasklane.v1.WorkflowTemplateServiceGrpc.WorkflowTemplateServiceBlockingStub;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A client in another process, with the words that the tests are told in. */
public final class Client implements AutoCloseable {
  static final String PORTFOLIO = "queues/PORTFOLIO_SYNC";
  static final String DATA = "queues/DATA_FETCHER";
  static final String AI = "queues/AI_ANALYSIS";
  static final List<State> ENDS =
      List.of(
          State.STATE_SUCCEEDED, State.STATE_FAILED, State.STATE_CANCELLED, State.STATE_SKIPPED);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ManagedChannel channel;

  Client(String address) {
    channel =
        NettyChannelBuilder.forTarget(address).usePlaintext().intercept(new AnswersSeen()).build();
  }

  ManagedChannel channel() {
    return channel;
  }

  TaskServiceBlockingStub tasks() {
    return TaskServiceGrpc.newBlockingStub(channel).withDeadlineAfter(90, TimeUnit.SECONDS);
  }

  WorkflowServiceBlockingStub workflows() {
    return WorkflowServiceGrpc.newBlockingStub(channel).withDeadlineAfter(90, TimeUnit.SECONDS);
  }

  WorkflowTemplateServiceBlockingStub templates() {
    return WorkflowTemplateServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(90, TimeUnit.SECONDS);
  }

  QueueServiceBlockingStub queues() {
    return QueueServiceGrpc.newBlockingStub(channel).withDeadlineAfter(90, TimeUnit.SECONDS);
  }

  EventServiceBlockingStub events() {
    return EventServiceGrpc.newBlockingStub(channel).withDeadlineAfter(90, TimeUnit.SECONDS);
  }

  DeadLetterServiceBlockingStub deadLetters() {
    return DeadLetterServiceGrpc.newBlockingStub(channel).withDeadlineAfter(90, TimeUnit.SECONDS);
  }

  ArtifactServiceBlockingStub artifacts() {
    return ArtifactServiceGrpc.newBlockingStub(channel).withDeadlineAfter(90, TimeUnit.SECONDS);
  }

  BatchOperationServiceBlockingStub batches() {
    return BatchOperationServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(90, TimeUnit.SECONDS);
  }

  FactServiceBlockingStub facts() {
    return FactServiceGrpc.newBlockingStub(channel).withDeadlineAfter(90, TimeUnit.SECONDS);
  }

  TriggerServiceBlockingStub triggers() {
    return TriggerServiceGrpc.newBlockingStub(channel).withDeadlineAfter(90, TimeUnit.SECONDS);
  }

  ResourceServiceBlockingStub resources() {
    return ResourceServiceGrpc.newBlockingStub(channel).withDeadlineAfter(90, TimeUnit.SECONDS);
  }

  ScheduleServiceBlockingStub schedules() {
    return ScheduleServiceGrpc.newBlockingStub(channel).withDeadlineAfter(90, TimeUnit.SECONDS);
  }

  WorkerServiceBlockingStub workers() {
    return WorkerServiceGrpc.newBlockingStub(channel).withDeadlineAfter(90, TimeUnit.SECONDS);
  }

  static Payload json(String text) {
    return Payload.newBuilder().setInline(ByteString.copyFromUtf8(text)).build();
  }

  /** A task to be created, of default priority. */
  static Task.Builder task(String queue, String type, String input) {
    return Task.newBuilder().setQueue(queue).setTaskType(type).setInput(json(input));
  }

  static CreateTaskRequest creation(Task.Builder task) {
    return CreateTaskRequest.newBuilder().setTask(task).build();
  }

  Task create(Task.Builder task) {
    return tasks().createTask(creation(task)).getTask();
  }

  List<Task> createAll(List<Task.Builder> tasks) {
    BatchCreateTasksRequest request =
        BatchCreateTasksRequest.newBuilder()
            .addAllRequests(tasks.stream().map(Client::creation).toList())
            .build();
    return tasks().batchCreateTasks(request).getTasksList();
  }

  Task get(String name) {
    return tasks().getTask(GetTaskRequest.newBuilder().setName(name).build()).getTask();
  }

  /** Waits until the task has ended, and fails where it has not in a minute. */
  Task end(Task task) {
    return reach(task, ENDS);
  }

  /** Waits until the task is in that state, and fails where it has not come there in a minute. */
  Task reach(Task task, State state) {
    return reach(task, List.of(state));
  }

  private Task reach(Task task, List<State> states) {
    WaitTaskRequest request =
        WaitTaskRequest.newBuilder()
            .setName(task.getName())
            .addAllStates(states)
            .setTimeout(Durations.fromMillis(PATIENCE.toMillis()))
            .build();
    WaitTaskResponse answer = tasks().waitTask(request);
    assertThat(answer.getReached()).as("%s has reached %s", answer.getTask(), states).isTrue();
    return answer.getTask();
  }

  void pause(String queue) {
    queues().pauseQueue(PauseQueueRequest.newBuilder().setName(queue).setReason("test").build());
  }

  void cancel(Task task) {
    tasks().cancelTask(CancelTaskRequest.newBuilder().setName(task.getName()).build());
  }

  void resume(String queue) {
    queues().resumeQueue(ResumeQueueRequest.newBuilder().setName(queue).build());
  }

  /** Where the event log stands now. */
  String resumeToken() {
    return tasks().listTasks(ListTasksRequest.newBuilder().setPageSize(1).build()).getResumeToken();
  }

  /** What the server answers to a call that it must refuse. */
  static StatusRuntimeException refusal(ThrowingCallable call) {
    StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, call);
    assertThat(refusal).as("the server refuses").isNotNull();
    return refusal;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
