package io.tasklane.cli.batch;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.BatchOperationServiceGrpc;
import io.tasklane.v1.GetBatchOperationRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tasklane batch get}. */
@Command(
    name = "get",
    description = "Show a batch operation and how far it is.",
    footer = {"", "Example: tasklane batch get b-7"},
    mixinStandardHelpOptions = true)
final class BatchGet extends ServerCommand {
  @Parameters(paramLabel = "BATCH", description = "Its name or the final part of it.")
  private String name;

  @Override
  protected ExitCode run(Connection connection) {
    GetBatchOperationRequest request =
        GetBatchOperationRequest.newBuilder().setName(BatchName.of(name)).build();
    new BatchView(out(), format())
        .one(
            connection
                .service(BatchOperationServiceGrpc::newBlockingStub)
                .getBatchOperation(request)
                .getBatchOperation());
    return ExitCode.FINE;
  }
}
