package io.tasklane.cli.queue;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.ListQueuesRequest;
import io.tasklane.v1.ListQueuesResponse;
import io.tasklane.v1.Queue;
import io.tasklane.v1.QueueServiceGrpc;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code tasklane queue list}. */
@Command(name = "list", description = "List all queues.", mixinStandardHelpOptions = true)
final class QueueList extends ServerCommand {
  @Override
  protected ExitCode run(Connection connection) {
    List<Queue> queues = new ArrayList<>();
    String page = "";
    do {
      ListQueuesRequest request = ListQueuesRequest.newBuilder().setPageToken(page).build();
      ListQueuesResponse answer =
          connection.service(QueueServiceGrpc::newBlockingStub).listQueues(request);
      queues.addAll(answer.getQueuesList());
      page = answer.getNextPageToken();
    } while (!page.isEmpty());
    new QueueView(out(), format()).many(queues);
    return ExitCode.FINE;
  }
}
