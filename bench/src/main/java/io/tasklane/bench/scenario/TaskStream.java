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
import java.util.concurrent.CompletableFuture;

/**
 * Creates tasks over one stream, as fast as the server takes them, until there are enough or the
 * time is up. Its fields belong to the call, which tells one thing at a time.
 */
final class TaskStream
    implements ClientResponseObserver<StreamCreateTasksRequest, StreamCreateTasksResponse> {
  private final CompletableFuture<Created> end = new CompletableFuture<>();
  private final CreateTaskRequest each;
  private final long most;
  private final long nanos;
  private final long start = System.nanoTime();
  private ClientCallStreamObserver<StreamCreateTasksRequest> call;
  private long sent;
  private long acknowledged;
  private long lastNews;
  private boolean closed;

  private TaskStream(Task.Builder task, long most, Duration time) {
    this.each = CreateTaskRequest.newBuilder().setTask(task).build();
    this.most = most;
    this.nanos = time.toNanos();
  }

  /**
   * How many tasks are durable, and how long it took until the last of them was acknowledged.
   *
   * @param tasks how many
   * @param seconds from the first message to the last acknowledgement
   */
  record Created(long tasks, double seconds) {
    double rate() {
      return tasks / seconds;
    }
  }

  /** Creates tasks like this one for about this long. */
  static Created during(ManagedChannel channel, Task.Builder task, Duration time) {
    return run(channel, new TaskStream(task, Long.MAX_VALUE, time));
  }

  /** Creates so many tasks like this one, however long it takes. */
  static Created count(ManagedChannel channel, Task.Builder task, long count) {
    return run(channel, new TaskStream(task, count, Duration.ofDays(1)));
  }

  private static Created run(ManagedChannel channel, TaskStream stream) {
    TaskServiceGrpc.newStub(channel).streamCreateTasks(stream);
    return stream.end.join();
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
    lastNews = System.nanoTime();
  }

  @Override
  public void onError(Throwable error) {
    end.completeExceptionally(error);
  }

  @Override
  public void onCompleted() {
    end.complete(new Created(acknowledged, (lastNews - start) / 1e9));
  }

  private void send() {
    while (!closed && call.isReady()) {
      if (sent == most || System.nanoTime() - start > nanos) {
        closed = true;
        call.onCompleted();
        return;
      }
      call.onNext(
          StreamCreateTasksRequest.newBuilder().setSequence(++sent).setRequest(each).build());
    }
  }
}
