package io.tasklane.cli.trigger;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.DeleteTriggerRequest;
import io.tasklane.v1.TriggerServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane trigger delete}. */
@Command(
    name = "delete",
    description = "Delete a trigger; a window that is open starts at once.",
    footer = {"", "Example: tasklane trigger delete on-news"},
    mixinStandardHelpOptions = true)
final class TriggerDelete extends ServerCommand {
  @Parameters(paramLabel = "TRIGGER", description = "For example news.")
  private String trigger;

  @Option(
      names = "--etag",
      description = "Only where it is still in this version; trigger get -o json shows it.")
  private String etag = "";

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    String name = TriggerName.of(trigger);
    connection
        .service(TriggerServiceGrpc::newBlockingStub)
        .deleteTrigger(
            DeleteTriggerRequest.newBuilder()
                .setRequestId(requestId.value())
                .setName(name)
                .setEtag(etag)
                .build());
    done("deleted", name);
    return ExitCode.FINE;
  }
}
