package io.tasklane.cli.queue;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.CreateQueueRequest;
import io.tasklane.v1.QueueServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tasklane queue create}. */
@Command(
    name = "create",
    description = "Create a queue; it takes and starts tasks once this answers.",
    footer = {"", "Example: tasklane queue create NEWS --concurrency 3"},
    mixinStandardHelpOptions = true)
final class QueueCreate extends ServerCommand {
  @Parameters(paramLabel = "QUEUE", description = "Capital letters, digits and _, as REPORTS.")
  private String queue;

  @Mixin private QueueOptions options;

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    CreateQueueRequest.Builder request =
        CreateQueueRequest.newBuilder()
            .setRequestId(requestId.value())
            .setQueueId(QueueName.shortened(queue));
    options.addTo(request.getQueueBuilder());
    new QueueView(out(), format())
        .one(
            connection
                .service(QueueServiceGrpc::newBlockingStub)
                .createQueue(request.build())
                .getQueue());
    return ExitCode.FINE;
  }
}
