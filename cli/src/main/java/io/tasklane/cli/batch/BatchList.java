package io.tasklane.cli.batch;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.Listing;
import io.tasklane.cli.command.PageOptions;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.BatchOperationServiceGrpc;
import io.tasklane.v1.ListBatchOperationsRequest;
import io.tasklane.v1.ListBatchOperationsResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tasklane batch list}. */
@Command(
    name = "list",
    description = "List batch operations, the newest first.",
    footer = {"", "Example: tasklane batch list --limit 10"},
    mixinStandardHelpOptions = true)
final class BatchList extends ServerCommand {
  @Mixin private PageOptions pages;

  @Override
  protected ExitCode run(Connection connection) {
    var stub = connection.service(BatchOperationServiceGrpc::newBlockingStub);
    var found =
        new Listing<>(
                ListBatchOperationsResponse::getBatchOperationsList,
                ListBatchOperationsResponse::getNextPageToken)
            .limited(
                pages,
                (page, size) ->
                    stub.listBatchOperations(
                        ListBatchOperationsRequest.newBuilder()
                            .setPageSize(size)
                            .setPageToken(page)
                            .build()));
    new BatchView(out(), format()).many(found.elements());
    PageOptions.remark(err(), found.nextPage());
    return ExitCode.FINE;
  }
}
