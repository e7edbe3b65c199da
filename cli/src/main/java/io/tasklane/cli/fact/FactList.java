package io.tasklane.cli.fact;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.Listing;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.Fact;
import io.tasklane.v1.FactServiceGrpc;
import io.tasklane.v1.ListFactsRequest;
import io.tasklane.v1.ListFactsResponse;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code tasklane fact list}. */
@Command(
    name = "list",
    description = "List all facts that have not expired.",
    footer = {"", "Example: tasklane fact list -o yaml"},
    mixinStandardHelpOptions = true)
final class FactList extends ServerCommand {
  @Override
  protected ExitCode run(Connection connection) {
    var stub = connection.service(FactServiceGrpc::newBlockingStub);
    List<Fact> facts =
        new Listing<>(ListFactsResponse::getFactsList, ListFactsResponse::getNextPageToken)
            .all(page -> stub.listFacts(ListFactsRequest.newBuilder().setPageToken(page).build()));
    new FactView(out(), format()).many(facts);
    return ExitCode.FINE;
  }
}
