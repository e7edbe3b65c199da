package io.tasklane.cli.resource;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.DeleteResourceRequest;
import io.tasklane.v1.ResourceServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane resource delete}. */
@Command(
    name = "delete",
    description = "Delete a resource that no unfinished task needs.",
    footer = {"", "Example: tasklane resource delete broker-api"},
    mixinStandardHelpOptions = true)
final class ResourceDelete extends ServerCommand {
  @Parameters(paramLabel = "RESOURCE", description = "For example ai-turns.")
  private String resource;

  @Option(
      names = "--etag",
      description = "Only where it is still in this version; resource get -o json shows it.")
  private String etag = "";

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    String name = ResourceName.of(resource);
    connection
        .service(ResourceServiceGrpc::newBlockingStub)
        .deleteResource(
            DeleteResourceRequest.newBuilder()
                .setRequestId(requestId.value())
                .setName(name)
                .setEtag(etag)
                .build());
    done("deleted", name);
    return ExitCode.FINE;
  }
}
