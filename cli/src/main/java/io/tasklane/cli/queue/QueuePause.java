package io.tasklane.cli.queue;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.PauseQueueRequest;
import io.tasklane.v1.QueueServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane queue pause}: nothing new starts; what runs, runs to its end. */
@Command(
    name = "pause",
    description = "Start nothing new in a queue; what runs, runs to its end.",
    footer = {"", "Example: tasklane queue pause AI_ANALYSIS --reason 'the model is down'"},
    mixinStandardHelpOptions = true)
final class QueuePause extends ServerCommand {
  @Parameters(paramLabel = "QUEUE", description = "For example AI_ANALYSIS.")
  private String queue;

  @Option(names = "--reason", description = "Why; whoever looks at the queue sees it.")
  private String reason = "";

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    PauseQueueRequest request =
        PauseQueueRequest.newBuilder()
            .setRequestId(requestId.value())
            .setName(QueueName.of(queue))
            .setReason(reason)
            .build();
    new QueueView(out(), format())
        .one(connection.service(QueueServiceGrpc::newBlockingStub).pauseQueue(request).getQueue());
    return ExitCode.FINE;
  }
}
