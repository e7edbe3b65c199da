package io.tasklane.cli.queue;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.GetQueueRequest;
import io.tasklane.v1.QueueServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tasklane queue get}. */
@Command(
    name = "get",
    description = "Show one queue.",
    footer = {"", "Example: tasklane queue get AI_ANALYSIS -o yaml"},
    mixinStandardHelpOptions = true)
final class QueueGet extends ServerCommand {
  @Parameters(paramLabel = "QUEUE", description = "For example AI_ANALYSIS.")
  private String queue;

  @Override
  protected ExitCode run(Connection connection) {
    GetQueueRequest request = GetQueueRequest.newBuilder().setName(QueueName.of(queue)).build();
    new QueueView(out(), format())
        .one(connection.service(QueueServiceGrpc::newBlockingStub).getQueue(request).getQueue());
    return ExitCode.FINE;
  }
}
