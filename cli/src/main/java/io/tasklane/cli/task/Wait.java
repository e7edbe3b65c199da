package io.tasklane.cli.task;

import com.google.protobuf.util.Durations;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskServiceGrpc;
import io.tasklane.v1.WaitTaskRequest;
import io.tasklane.v1.WaitTaskResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for the end of a task by long polls, each short enough for any proxy between. */
public final class Wait {
  private static final Duration ONE_POLL = Duration.ofSeconds(20);

  private final Connection connection;

  /** Asks over this connection. */
  public Wait(Connection connection) {
    this.connection = connection;
  }

  /** The task as it was last seen, and the exit code for it. */
  public record Outcome(Task task, ExitCode exitCode) {}

  /**
   * Waits until a task has ended, or so long.
   *
   * @param name "tasks/{task}"
   */
  public Outcome untilEnd(String name, Duration timeout) {
    long start = System.nanoTime();
    while (true) {
      Duration left = timeout.minusNanos(System.nanoTime() - start);
      Task task = poll(name, left.compareTo(ONE_POLL) < 0 ? left : ONE_POLL);
      if (TaskStates.isEnded(task)) {
        return new Outcome(task, TaskStates.exitCode(task));
      }
      if (timeout.minusNanos(System.nanoTime() - start).compareTo(Duration.ofMillis(1)) < 0) {
        return new Outcome(task, ExitCode.TIMED_OUT);
      }
    }
  }

  private Task poll(String name, Duration time) {
    long millis = Math.max(1, time.toMillis());
    WaitTaskRequest request =
        WaitTaskRequest.newBuilder()
            .setName(name)
            .addAllStates(TaskStates.ENDS)
            .setTimeout(Durations.fromMillis(millis))
            .build();
    long deadline = millis + Connection.ANSWER_TIME.toMillis();
    WaitTaskResponse answer =
        connection
            .streams(TaskServiceGrpc::newBlockingStub)
            .withDeadlineAfter(deadline, TimeUnit.MILLISECONDS)
            .waitTask(request);
    return answer.getTask();
  }
}
