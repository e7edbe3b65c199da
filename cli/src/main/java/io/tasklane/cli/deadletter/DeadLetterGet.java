package io.tasklane.cli.deadletter;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.DeadLetterServiceGrpc;
import io.tasklane.v1.GetDeadLetterRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tasklane dlq get}. */
@Command(
    name = "get",
    description = "Show one dead letter with its stack trace.",
    footer = {"", "Example: tasklane dlq get news-42"},
    mixinStandardHelpOptions = true)
final class DeadLetterGet extends ServerCommand {
  @Parameters(paramLabel = "TASK", description = "Name of the dead letter or of its task.")
  private String name;

  @Override
  protected ExitCode run(Connection connection) {
    GetDeadLetterRequest request =
        GetDeadLetterRequest.newBuilder().setName(DeadLetterName.of(name)).build();
    new DeadLetterView(out(), format())
        .one(
            connection
                .service(DeadLetterServiceGrpc::newBlockingStub)
                .getDeadLetter(request)
                .getDeadLetter());
    return ExitCode.FINE;
  }
}
