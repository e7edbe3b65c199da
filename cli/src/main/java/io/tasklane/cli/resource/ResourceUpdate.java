package io.tasklane.cli.resource;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.ResourceServiceGrpc;
import io.tasklane.v1.UpdateResourceRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane resource update}: the options that are given are changed, and nothing else. */
@Command(
    name = "update",
    description = "Change how many units of a resource there are.",
    footer = {"", "Example: tasklane resource update broker-api --capacity 10"},
    mixinStandardHelpOptions = true)
final class ResourceUpdate extends ServerCommand {
  @Parameters(paramLabel = "RESOURCE", description = "For example ai-turns.")
  private String resource;

  @Mixin private ResourceOptions options;

  @Option(
      names = "--etag",
      description = "Only where it is still in this version; resource get -o json shows it.")
  private String etag = "";

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    if (options.mask().getPathsCount() == 0) {
      throw usage("nothing to change: give --capacity, --refill or --period");
    }
    UpdateResourceRequest.Builder request =
        UpdateResourceRequest.newBuilder()
            .setRequestId(requestId.value())
            .setUpdateMask(options.mask());
    options.addTo(request.getResourceBuilder().setName(ResourceName.of(resource)).setEtag(etag));
    new ResourceView(out(), format())
        .one(
            connection
                .service(ResourceServiceGrpc::newBlockingStub)
                .updateResource(request.build())
                .getResource());
    return ExitCode.FINE;
  }
}
