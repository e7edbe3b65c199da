package io.tasklane.cli.task;

import com.google.gson.JsonArray;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.Listing;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.cli.output.Json;
import io.tasklane.cli.output.Table;
import io.tasklane.cli.queue.QueueName;
import io.tasklane.v1.ListTaskTypesRequest;
import io.tasklane.v1.ListTaskTypesResponse;
import io.tasklane.v1.TaskServiceGrpc;
import io.tasklane.v1.TaskType;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code tasklane task types}: what kinds of work the server knows. */
@Command(
    name = "types",
    description = "List the task types that are served; with -o json also their input schemas.",
    footer = {"", "Example: tasklane task types"},
    mixinStandardHelpOptions = true)
final class TaskTypes extends ServerCommand {
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
    print(types);
    return ExitCode.FINE;
  }

  private void print(List<TaskType> types) {
    if (format().isData()) {
      JsonArray array = new JsonArray();
      types.forEach(type -> array.add(Json.of(type)));
      out().println(format().document(array));
      return;
    }
    Table table = new Table("TYPE", "QUEUES", "DESCRIPTION");
    types.forEach(type -> table.row(type.getTaskType(), queues(type), type.getDescription()));
    table.print(out());
  }

  private static String queues(TaskType type) {
    return type.getQueuesCount() == 0
        ? "all"
        : String.join(", ", type.getQueuesList().stream().map(QueueName::shortened).toList());
  }
}
