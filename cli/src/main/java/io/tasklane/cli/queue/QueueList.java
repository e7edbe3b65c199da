package io.tasklane.cli.queue;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.Listing;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.ListQueuesRequest;
import io.tasklane.v1.ListQueuesResponse;
import io.tasklane.v1.Queue;
import io.tasklane.v1.QueueServiceGrpc;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code tasklane queue list}. */
@Command(
    name = "list",
    description = "List all queues.",
    footer = {"", "Example: tasklane queue list"},
    mixinStandardHelpOptions = true)
final class QueueList extends ServerCommand {
  @Override
  protected ExitCode run(Connection connection) {
    var stub = connection.service(QueueServiceGrpc::newBlockingStub);
    List<Queue> queues =
        new Listing<>(ListQueuesResponse::getQueuesList, ListQueuesResponse::getNextPageToken)
            .all(
                page -> stub.listQueues(ListQueuesRequest.newBuilder().setPageToken(page).build()));
    new QueueView(out(), format()).many(queues);
    return ExitCode.FINE;
  }
}
