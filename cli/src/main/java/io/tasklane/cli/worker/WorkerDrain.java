package io.tasklane.cli.worker;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.DrainWorkerRequest;
import io.tasklane.v1.WorkerServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane worker drain}. */
@Command(
    name = "drain",
    description = "Have a worker finish what it has and take nothing more; it cannot be undone.",
    footer = {"", "Example: tasklane worker drain gpu-3 --reason 'new kernel'"},
    mixinStandardHelpOptions = true)
final class WorkerDrain extends ServerCommand {
  @Parameters(paramLabel = "WORKER", description = "As \"tasklane worker list\" shows it.")
  private String worker;

  @Option(names = "--reason", description = "Why; the worker is told.")
  private String reason = "";

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    DrainWorkerRequest request =
        DrainWorkerRequest.newBuilder()
            .setRequestId(requestId.value())
            .setName(WorkerName.of(worker))
            .setReason(reason)
            .build();
    new WorkerView(out(), format())
        .one(
            connection
                .service(WorkerServiceGrpc::newBlockingStub)
                .drainWorker(request)
                .getWorker());
    return ExitCode.FINE;
  }
}
