package io.tasklane.cli.task;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.GetTaskRequest;
import io.tasklane.v1.TaskServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tasklane task get}. */
@Command(
    name = "get",
    description = "Show one task.",
    footer = {"", "Example: tasklane task get news-42 -o yaml"},
    mixinStandardHelpOptions = true)
final class TaskGet extends ServerCommand {
  @Parameters(paramLabel = "TASK", description = "Its name or the final part of it.")
  private String task;

  @Override
  protected ExitCode run(Connection connection) {
    GetTaskRequest request = GetTaskRequest.newBuilder().setName(TaskName.of(task)).build();
    new TaskView(out(), format())
        .one(connection.service(TaskServiceGrpc::newBlockingStub).getTask(request));
    return ExitCode.FINE;
  }
}
