package io.tasklane.cli.top;

import io.grpc.StatusRuntimeException;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ServerError;
import io.tasklane.v1.CancelTaskRequest;
import io.tasklane.v1.PauseQueueRequest;
import io.tasklane.v1.QueueServiceGrpc;
import io.tasklane.v1.ResumeQueueRequest;
import io.tasklane.v1.TaskServiceGrpc;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** What the user can change from the screen; it does not stand still meanwhile. */
final class TopActions implements AutoCloseable {
  private static final String REASON = "by tasklane top";

  private final ExecutorService executor = Executors.newSingleThreadExecutor(TopActions::daemon);
  private final Connection connection;
  private final Consumer<String> outcome;

  /**
   * Changes things on this server.
   *
   * @param outcome takes a line on what became of each change, in another thread
   */
  TopActions(Connection connection, Consumer<String> outcome) {
    this.connection = connection;
    this.outcome = outcome;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "tasklane-top-actions");
    thread.setDaemon(true);
    return thread;
  }

  void pause(String queue) {
    PauseQueueRequest request =
        PauseQueueRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setName(queue)
            .setReason(REASON)
            .build();
    call(
        "paused " + queue,
        () -> connection.service(QueueServiceGrpc::newBlockingStub).pauseQueue(request));
  }

  void resume(String queue) {
    ResumeQueueRequest request =
        ResumeQueueRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setName(queue)
            .build();
    call(
        "resumed " + queue,
        () -> connection.service(QueueServiceGrpc::newBlockingStub).resumeQueue(request));
  }

  void cancel(String task) {
    CancelTaskRequest request =
        CancelTaskRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setName(task)
            .setReason(REASON)
            .build();
    call(
        "asked " + task + " to stop",
        () -> connection.service(TaskServiceGrpc::newBlockingStub).cancelTask(request));
  }

  private void call(String done, Runnable call) {
    executor.execute(
        () -> {
          try {
            call.run();
            outcome.accept(done);
          } catch (StatusRuntimeException refused) {
            outcome.accept(ServerError.lines(refused, connection.address()).get(0));
          }
        });
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
