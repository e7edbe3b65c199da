package io.tasklane.cli.trigger;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.TriggerServiceGrpc;
import io.tasklane.v1.UpdateTriggerRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane trigger enable}. */
@Command(
    name = "enable",
    description = "Let a trigger start workflows for the events from now on.",
    footer = {"", "Example: tasklane trigger enable on-news"},
    mixinStandardHelpOptions = true)
final class TriggerEnable extends ServerCommand {
  @Parameters(paramLabel = "TRIGGER", description = "For example news.")
  private String trigger;

  @Option(names = "--reason", description = "Why; kept with the trigger and in the log.")
  private String reason = "";

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    UpdateTriggerRequest.Builder request =
        UpdateTriggerRequest.newBuilder().setRequestId(requestId.value()).setReason(reason);
    request.getTriggerBuilder().setName(TriggerName.of(trigger)).setDisabled(false);
    request.getUpdateMaskBuilder().addPaths("disabled");
    new TriggerView(out(), format())
        .one(
            connection
                .service(TriggerServiceGrpc::newBlockingStub)
                .updateTrigger(request.build())
                .getTrigger());
    return ExitCode.FINE;
  }
}
