package io.tasklane.cli.batch;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.Listing;
import io.tasklane.cli.command.PageOptions;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.BatchOperationServiceGrpc;
import io.tasklane.v1.ListBatchRefusalsRequest;
import io.tasklane.v1.ListBatchRefusalsResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tasklane batch refusals}: what was refused, and why. */
@Command(
    name = "refusals",
    description = "List what a batch operation was refused, with the reasons.",
    footer = {"", "Example: tasklane batch refusals b-7"},
    mixinStandardHelpOptions = true)
final class BatchRefusals extends ServerCommand {
  @Parameters(paramLabel = "BATCH", description = "Its name or the final part of it.")
  private String name;

  @Mixin private PageOptions pages;

  @Override
  protected ExitCode run(Connection connection) {
    var stub = connection.service(BatchOperationServiceGrpc::newBlockingStub);
    var found =
        new Listing<>(
                ListBatchRefusalsResponse::getRefusalsList,
                ListBatchRefusalsResponse::getNextPageToken)
            .limited(
                pages,
                (page, size) ->
                    stub.listBatchRefusals(
                        ListBatchRefusalsRequest.newBuilder()
                            .setName(BatchName.of(name))
                            .setPageSize(size)
                            .setPageToken(page)
                            .build()));
    new BatchView(out(), format()).refusals(found.elements());
    PageOptions.remark(err(), found.nextPage());
    return ExitCode.FINE;
  }
}
