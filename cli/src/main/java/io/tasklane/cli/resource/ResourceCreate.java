package io.tasklane.cli.resource;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.CreateResourceRequest;
import io.tasklane.v1.ResourceServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tasklane resource create}. */
@Command(
    name = "create",
    description = "Create a resource: it needs --capacity, or --refill with --period, or both.",
    footer = {"", "Example: tasklane resource create broker-api --capacity 5"},
    mixinStandardHelpOptions = true)
final class ResourceCreate extends ServerCommand {
  @Parameters(paramLabel = "RESOURCE", description = "Small letters, digits and -, as ai-turns.")
  private String resource;

  @Mixin private ResourceOptions options;

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    CreateResourceRequest.Builder request =
        CreateResourceRequest.newBuilder()
            .setRequestId(requestId.value())
            .setResourceId(ResourceName.shortened(resource));
    options.addTo(request.getResourceBuilder());
    new ResourceView(out(), format())
        .one(
            connection
                .service(ResourceServiceGrpc::newBlockingStub)
                .createResource(request.build())
                .getResource());
    return ExitCode.FINE;
  }
}
