package io.tasklane.cli.trigger;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.Listing;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.ListTriggersRequest;
import io.tasklane.v1.ListTriggersResponse;
import io.tasklane.v1.Trigger;
import io.tasklane.v1.TriggerServiceGrpc;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code tasklane trigger list}. */
@Command(
    name = "list",
    description = "List all triggers.",
    footer = {"", "Example: tasklane trigger list"},
    mixinStandardHelpOptions = true)
final class TriggerList extends ServerCommand {
  @Override
  protected ExitCode run(Connection connection) {
    var stub = connection.service(TriggerServiceGrpc::newBlockingStub);
    List<Trigger> triggers =
        new Listing<>(ListTriggersResponse::getTriggersList, ListTriggersResponse::getNextPageToken)
            .all(
                page ->
                    stub.listTriggers(ListTriggersRequest.newBuilder().setPageToken(page).build()));
    new TriggerView(out(), format()).many(triggers);
    return ExitCode.FINE;
  }
}
