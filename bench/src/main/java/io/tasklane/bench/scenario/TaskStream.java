package io.tasklane.bench.scenario;

import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.StreamCreateTasksRequest;
import io.tasklane.v1.StreamCreateTasksResponse;
import io.tasklane.v1.StreamCreateTasksResult;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskServiceGrpc;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Creates tasks over one stream, as fast as the server takes them, until there are enough or the
 * time is up. No lock guards its fields: gRPC calls one method of an observer at a time.
 */
public final class TaskStream
    implements ClientResponseObserver<StreamCreateTasksRequest, StreamCreateTasksResponse> {
  private final CompletableFuture<Created> end = new CompletableFuture<>();
  private final List<CreateTaskRequest> requests;
  private final long most;
  private final long nanos;
  private final long start = System.nanoTime();
  private ClientCallStreamObserver<StreamCreateTasksRequest> call;
  private long sent;
  private long acknowledged;
  private long lastAcknowledgement;
  private boolean closed;

  private TaskStream(List<Task.Builder> tasks, long most, Duration time) {
    this.requests =
        tasks.stream().map(task -> CreateTaskRequest.newBuilder().setTask(task).build()).toList();
    this.most = most;
    this.nanos = time.toNanos();
  }

  /**
   * How many tasks are durable, and how long it took until the last of them was acknowledged.
   *
   * @param tasks how many
   * @param seconds from the first message to the last acknowledgement
   */
  public record Created(long tasks, double seconds) {
    /** Tasks per second. */
    public double rate() {
      return tasks / seconds;
    }

    /** The sum of two streams that began at the same time. */
    public Created and(Created other) {
      return new Created(tasks + other.tasks, Math.max(seconds, other.seconds));
    }
  }

  /** Creates tasks like this one for about this long. */
  public static Created during(ManagedChannel channel, Task.Builder task, Duration time) {
    return begin(channel, List.of(task), time).join();
  }

  /** Creates so many tasks like this one, however long it takes. */
  public static Created count(ManagedChannel channel, Task.Builder task, long count) {
    return run(channel, new TaskStream(List.of(task), count, Duration.ofDays(1))).join();
  }

  /** Starts to create tasks like these in turn, for about this long. */
  public static CompletableFuture<Created> begin(
      ManagedChannel channel, List<Task.Builder> tasks, Duration time) {
    return run(channel, new TaskStream(tasks, Long.MAX_VALUE, time));
  }

  private static CompletableFuture<Created> run(ManagedChannel channel, TaskStream stream) {
    TaskServiceGrpc.newStub(channel).streamCreateTasks(stream);
    return stream.end;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<StreamCreateTasksRequest> stream) {
    call = stream;
    call.setOnReadyHandler(this::send);
  }

  @Override
  public void onNext(StreamCreateTasksResponse response) {
    for (StreamCreateTasksResult result : response.getResultsList()) {
      if (result.getStatus().getCode() != 0) {
        end.completeExceptionally(new IllegalStateException("refused: " + result.getStatus()));
        call.cancel("a task was refused", null);
        return;
      }
    }
    acknowledged += response.getResultsCount();
    lastAcknowledgement = System.nanoTime();
  }

  @Override
  public void onError(Throwable error) {
    end.completeExceptionally(error);
  }

  @Override
  public void onCompleted() {
    end.complete(new Created(acknowledged, (lastAcknowledgement - start) / 1e9));
  }

  private void send() {
    while (!closed && call.isReady()) {
      if (sent == most || System.nanoTime() - start > nanos) {
        closed = true;
        call.onCompleted();
        return;
      }
      CreateTaskRequest next = requests.get((int) (sent % requests.size()));
      call.onNext(
          StreamCreateTasksRequest.newBuilder().setSequence(++sent).setRequest(next).build());
    }
  }
}
