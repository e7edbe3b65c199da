package io.tasklane.cli.task;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.Following;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskServiceGrpc;
import io.tasklane.v1.WatchTaskRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tasklane task watch}: a line for every change, until the task ends. */
@Command(
    name = "watch",
    description = "Show every change of a task until it ends.",
    footer = {"", "Example: tasklane task watch news-42"},
    mixinStandardHelpOptions = true)
final class TaskWatch extends ServerCommand {
  @Parameters(paramLabel = "TASK", description = "Its name or the final part of it.")
  private String task;

  private Task last;

  @Override
  protected ExitCode run(Connection connection) {
    TaskView view = new TaskView(out(), format());
    boolean moved = true;
    // The server ends every stream after a while; the next one begins with the task as it is now.
    while (moved) {
      moved = follow(connection, view);
      if (last != null && TaskStates.isEnded(last)) {
        return TaskStates.exitCode(last);
      }
    }
    err().println("the stream ended before the task did, and a new one told nothing");
    return ExitCode.ERROR;
  }

  /** Whether the stream delivered anything. */
  private boolean follow(Connection connection, TaskView view) {
    WatchTaskRequest request = WatchTaskRequest.newBuilder().setName(TaskName.of(task)).build();
    return Following.read(
        connection.streams(TaskServiceGrpc::newBlockingStub).watchTask(request),
        response -> {
          Task now = response.getTask();
          if (!now.equals(last)) {
            view.change(now);
          }
          last = now;
          return true;
        });
  }
}
