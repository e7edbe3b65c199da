package io.tasklane.cli.tasktype;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.DeleteTaskTypeRequest;
import io.tasklane.v1.TaskServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tasklane task-type delete}. */
@Command(
    name = "delete",
    description = "Delete a task type that no unfinished task has and no living worker serves.",
    footer = {"", "Example: tasklane task-type delete news_monitoring"},
    mixinStandardHelpOptions = true)
final class TaskTypeDelete extends ServerCommand {
  @Parameters(paramLabel = "TYPE", description = "For example news_monitoring.")
  private String type;

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    connection
        .service(TaskServiceGrpc::newBlockingStub)
        .deleteTaskType(
            DeleteTaskTypeRequest.newBuilder()
                .setRequestId(requestId.value())
                .setTaskType(type)
                .build());
    done("deleted", type);
    return ExitCode.FINE;
  }
}
