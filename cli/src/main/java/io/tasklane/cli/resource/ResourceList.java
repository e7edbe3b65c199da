package io.tasklane.cli.resource;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.ListResourcesRequest;
import io.tasklane.v1.ListResourcesResponse;
import io.tasklane.v1.Resource;
import io.tasklane.v1.ResourceServiceGrpc;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code tasklane resource list}. */
@Command(name = "list", description = "List all resources.", mixinStandardHelpOptions = true)
final class ResourceList extends ServerCommand {
  @Override
  protected ExitCode run(Connection connection) {
    List<Resource> resources = new ArrayList<>();
    String page = "";
    do {
      ListResourcesRequest request = ListResourcesRequest.newBuilder().setPageToken(page).build();
      ListResourcesResponse answer =
          connection.service(ResourceServiceGrpc::newBlockingStub).listResources(request);
      resources.addAll(answer.getResourcesList());
      page = answer.getNextPageToken();
    } while (!page.isEmpty());
    new ResourceView(out(), format()).many(resources);
    return ExitCode.FINE;
  }
}
