package io.tasklane.cli.queue;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.DrainQueueRequest;
import io.tasklane.v1.QueueServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane queue drain}: no new tasks; those it has are worked off. */
@Command(
    name = "drain",
    description = "Take no new tasks in a queue, and work off those it has.",
    footer = {"", "Example: tasklane queue drain NEWS --reason 'moving house'"},
    mixinStandardHelpOptions = true)
final class QueueDrain extends ServerCommand {
  @Parameters(paramLabel = "QUEUE", description = "For example AI_ANALYSIS.")
  private String queue;

  @Option(names = "--reason", description = "Why; whoever looks at the queue sees it.")
  private String reason = "";

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    DrainQueueRequest request =
        DrainQueueRequest.newBuilder()
            .setRequestId(requestId.value())
            .setName(QueueName.of(queue))
            .setReason(reason)
            .build();
    new QueueView(out(), format())
        .one(connection.service(QueueServiceGrpc::newBlockingStub).drainQueue(request).getQueue());
    return ExitCode.FINE;
  }
}
