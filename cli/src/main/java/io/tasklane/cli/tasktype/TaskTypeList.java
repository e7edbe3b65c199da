package io.tasklane.cli.tasktype;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.Listing;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.ListTaskTypesRequest;
import io.tasklane.v1.ListTaskTypesResponse;
import io.tasklane.v1.TaskServiceGrpc;
import io.tasklane.v1.TaskType;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code tasklane task-type list}. */
@Command(
    name = "list",
    description = "List all task types.",
    footer = {"", "Example: tasklane task-type list"},
    mixinStandardHelpOptions = true)
final class TaskTypeList extends ServerCommand {
  @Override
  protected ExitCode run(Connection connection) {
    var stub = connection.service(TaskServiceGrpc::newBlockingStub);
    List<TaskType> types =
        new Listing<>(
                ListTaskTypesResponse::getTaskTypesList, ListTaskTypesResponse::getNextPageToken)
            .all(
                page ->
                    stub.listTaskTypes(
                        ListTaskTypesRequest.newBuilder().setPageToken(page).build()));
    new TaskTypeView(out(), format()).many(types);
    return ExitCode.FINE;
  }
}
