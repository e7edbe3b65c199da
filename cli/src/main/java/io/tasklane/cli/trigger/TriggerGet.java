package io.tasklane.cli.trigger;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.GetTriggerRequest;
import io.tasklane.v1.TriggerServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tasklane trigger get}. */
@Command(
    name = "get",
    description = "Show one trigger with its counts and its last fault.",
    footer = {"", "Example: tasklane trigger get on-news"},
    mixinStandardHelpOptions = true)
final class TriggerGet extends ServerCommand {
  @Parameters(paramLabel = "TRIGGER", description = "For example news.")
  private String trigger;

  @Override
  protected ExitCode run(Connection connection) {
    GetTriggerRequest request =
        GetTriggerRequest.newBuilder().setName(TriggerName.of(trigger)).build();
    new TriggerView(out(), format())
        .one(
            connection
                .service(TriggerServiceGrpc::newBlockingStub)
                .getTrigger(request)
                .getTrigger());
    return ExitCode.FINE;
  }
}
