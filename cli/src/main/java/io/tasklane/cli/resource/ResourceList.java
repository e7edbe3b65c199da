package io.tasklane.cli.resource;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.Listing;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.ListResourcesRequest;
import io.tasklane.v1.ListResourcesResponse;
import io.tasklane.v1.Resource;
import io.tasklane.v1.ResourceServiceGrpc;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code tasklane resource list}. */
@Command(
    name = "list",
    description = "List all resources.",
    footer = {"", "Example: tasklane resource list"},
    mixinStandardHelpOptions = true)
final class ResourceList extends ServerCommand {
  @Override
  protected ExitCode run(Connection connection) {
    var stub = connection.service(ResourceServiceGrpc::newBlockingStub);
    List<Resource> resources =
        new Listing<>(
                ListResourcesResponse::getResourcesList, ListResourcesResponse::getNextPageToken)
            .all(
                page ->
                    stub.listResources(
                        ListResourcesRequest.newBuilder().setPageToken(page).build()));
    new ResourceView(out(), format()).many(resources);
    return ExitCode.FINE;
  }
}
