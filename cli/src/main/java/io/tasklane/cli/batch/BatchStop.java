package io.tasklane.cli.batch;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.BatchOperationServiceGrpc;
import io.tasklane.v1.StopBatchOperationRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane batch stop}: what was done stays done. */
@Command(
    name = "stop",
    description = "Stop a batch operation for good; what it has done stays done.",
    footer = {"", "Example: tasklane batch stop b-7 --reason 'wrong filter'"},
    mixinStandardHelpOptions = true)
final class BatchStop extends ServerCommand {
  @Parameters(paramLabel = "BATCH", description = "Its name or the final part of it.")
  private String name;

  @Option(names = "--reason", description = "Why; it is kept with the batch operation.")
  private String reason = "";

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    StopBatchOperationRequest request =
        StopBatchOperationRequest.newBuilder()
            .setRequestId(requestId.value())
            .setName(BatchName.of(name))
            .setReason(reason)
            .build();
    new BatchView(out(), format())
        .one(
            connection
                .service(BatchOperationServiceGrpc::newBlockingStub)
                .stopBatchOperation(request)
                .getBatchOperation());
    return ExitCode.FINE;
  }
}
