package io.tasklane.grpc.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.StreamCreateTasksRequest;
import io.tasklane.v1.StreamCreateTasksResponse;
import io.tasklane.v1.StreamCreateTasksResult;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskServiceGrpc;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** A client of StreamCreateTasks that reads responses when a test says so. */
final class StreamClient
    implements ClientResponseObserver<StreamCreateTasksRequest, StreamCreateTasksResponse> {
  final List<StreamCreateTasksResult> results = new CopyOnWriteArrayList<>();
  final List<Integer> sizes = new CopyOnWriteArrayList<>();
  volatile boolean completed;
  volatile Throwable error;
  private ClientCallStreamObserver<StreamCreateTasksRequest> call;
  private final boolean reading;

  private StreamClient(boolean reading) {
    this.reading = reading;
  }

  static StreamClient open(ManagedChannel channel) {
    return open(channel, true);
  }

  static StreamClient openWithoutReading(ManagedChannel channel) {
    return open(channel, false);
  }

  private static StreamClient open(ManagedChannel channel, boolean reading) {
    StreamClient client = new StreamClient(reading);
    TaskServiceGrpc.newStub(channel).streamCreateTasks(client);
    return client;
  }

  void send(long sequence, CreateTaskRequest request) {
    call.onNext(
        StreamCreateTasksRequest.newBuilder().setSequence(sequence).setRequest(request).build());
  }

  void send(int from, int to) {
    for (int i = from; i <= to; i++) {
      send(i, request("t" + i));
    }
  }

  static CreateTaskRequest request(String taskId) {
    return CreateTaskRequest.newBuilder()
        .setTaskId(taskId)
        .setTask(Task.newBuilder().setQueue("queues/DATA_FETCHER").setTaskType("news_monitoring"))
        .build();
  }

  void read(int responses) {
    call.request(responses);
  }

  void halfClose() {
    call.onCompleted();
  }

  void cancel() {
    call.cancel("the test has seen enough", null);
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<StreamCreateTasksRequest> started) {
    call = started;
    if (!reading) {
      started.disableAutoRequestWithInitial(0);
    }
  }

  @Override
  public void onNext(StreamCreateTasksResponse response) {
    sizes.add(response.getResultsCount());
    results.addAll(response.getResultsList());
  }

  @Override
  public void onError(Throwable failure) {
    error = failure;
  }

  @Override
  public void onCompleted() {
    completed = true;
  }

  /** Waits until it is so. */
  static void until(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 3_000 && !condition.getAsBoolean(); i++) {
      Thread.sleep(10);
    }
    assertThat(condition.getAsBoolean()).as("it came to that within 30 s").isTrue();
  }

  /** Waits until a number stands still for a while, and returns it. */
  static int atRest(IntSupplier number) throws InterruptedException {
    int seen = number.getAsInt();
    for (int looks = 0; looks < 20; looks++) {
      Thread.sleep(25);
      int now = number.getAsInt();
      looks = now == seen ? looks : 0;
      seen = now;
    }
    return seen;
  }
}
