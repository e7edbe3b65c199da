package io.tasklane.cli.queue;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.QueueServiceGrpc;
import io.tasklane.v1.ResumeQueueRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tasklane queue resume}. */
@Command(
    name = "resume",
    description = "Let a paused queue go on.",
    footer = {"", "Example: tasklane queue resume AI_ANALYSIS"},
    mixinStandardHelpOptions = true)
final class QueueResume extends ServerCommand {
  @Parameters(paramLabel = "QUEUE", description = "For example AI_ANALYSIS.")
  private String queue;

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    ResumeQueueRequest request =
        ResumeQueueRequest.newBuilder()
            .setRequestId(requestId.value())
            .setName(QueueName.of(queue))
            .build();
    new QueueView(out(), format())
        .one(connection.service(QueueServiceGrpc::newBlockingStub).resumeQueue(request).getQueue());
    return ExitCode.FINE;
  }
}
