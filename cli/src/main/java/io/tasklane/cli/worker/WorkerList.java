package io.tasklane.cli.worker;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.Listing;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.ListWorkersRequest;
import io.tasklane.v1.ListWorkersResponse;
import io.tasklane.v1.Worker;
import io.tasklane.v1.WorkerServiceGrpc;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code tasklane worker list}. */
@Command(
    name = "list",
    description = "List all workers, those that ended within the last hour included.",
    footer = {"", "Example: tasklane worker list"},
    mixinStandardHelpOptions = true)
final class WorkerList extends ServerCommand {
  @Override
  protected ExitCode run(Connection connection) {
    var stub = connection.service(WorkerServiceGrpc::newBlockingStub);
    List<Worker> workers =
        new Listing<>(ListWorkersResponse::getWorkersList, ListWorkersResponse::getNextPageToken)
            .all(
                page ->
                    stub.listWorkers(ListWorkersRequest.newBuilder().setPageToken(page).build()));
    new WorkerView(out(), format()).many(workers);
    return ExitCode.FINE;
  }
}
