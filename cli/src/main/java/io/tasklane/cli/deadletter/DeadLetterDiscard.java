package io.tasklane.cli.deadletter;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.DeadLetterServiceGrpc;
import io.tasklane.v1.DiscardDeadLetterRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane dlq discard}: nobody needs to look at it any more. */
@Command(
    name = "discard",
    description = "Put a dead letter away for good; its task stays.",
    footer = {"", "Example: tasklane dlq discard news-42 --reason 'the feed is gone'"},
    mixinStandardHelpOptions = true)
final class DeadLetterDiscard extends ServerCommand {
  @Parameters(paramLabel = "TASK", description = "Name of the dead letter or of its task.")
  private String name;

  @Option(names = "--reason", description = "Why; the event log keeps it.")
  private String reason = "";

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    DiscardDeadLetterRequest request =
        DiscardDeadLetterRequest.newBuilder()
            .setRequestId(requestId.value())
            .setName(DeadLetterName.of(name))
            .setReason(reason)
            .build();
    connection.service(DeadLetterServiceGrpc::newBlockingStub).discardDeadLetter(request);
    done("discarded", request.getName());
    return ExitCode.FINE;
  }
}
