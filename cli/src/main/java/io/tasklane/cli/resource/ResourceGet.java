package io.tasklane.cli.resource;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.GetResourceRequest;
import io.tasklane.v1.ResourceServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tasklane resource get}. */
@Command(
    name = "get",
    description = "Show one resource and its use.",
    footer = {"", "Example: tasklane resource get broker-api"},
    mixinStandardHelpOptions = true)
final class ResourceGet extends ServerCommand {
  @Parameters(paramLabel = "RESOURCE", description = "For example ai-turns.")
  private String resource;

  @Override
  protected ExitCode run(Connection connection) {
    GetResourceRequest request =
        GetResourceRequest.newBuilder().setName(ResourceName.of(resource)).build();
    new ResourceView(out(), format())
        .one(
            connection
                .service(ResourceServiceGrpc::newBlockingStub)
                .getResource(request)
                .getResource());
    return ExitCode.FINE;
  }
}
