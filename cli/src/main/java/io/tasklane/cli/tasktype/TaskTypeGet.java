package io.tasklane.cli.tasktype;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.GetTaskTypeRequest;
import io.tasklane.v1.TaskServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tasklane task-type get}. */
@Command(
    name = "get",
    description = "Show one task type.",
    footer = {"", "Example: tasklane task-type get news_monitoring -o yaml"},
    mixinStandardHelpOptions = true)
final class TaskTypeGet extends ServerCommand {
  @Parameters(paramLabel = "TYPE", description = "For example news_monitoring.")
  private String type;

  @Override
  protected ExitCode run(Connection connection) {
    GetTaskTypeRequest request = GetTaskTypeRequest.newBuilder().setTaskType(type).build();
    new TaskTypeView(out(), format())
        .one(
            connection
                .service(TaskServiceGrpc::newBlockingStub)
                .getTaskType(request)
                .getTaskType());
    return ExitCode.FINE;
  }
}
