package io.tasklane.cli.worker;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.GetWorkerRequest;
import io.tasklane.v1.WorkerServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tasklane worker get}. */
@Command(
    name = "get",
    description = "Show one worker.",
    footer = {"", "Example: tasklane worker get gpu-3 -o yaml"},
    mixinStandardHelpOptions = true)
final class WorkerGet extends ServerCommand {
  @Parameters(paramLabel = "WORKER", description = "As \"tasklane worker list\" shows it.")
  private String worker;

  @Override
  protected ExitCode run(Connection connection) {
    GetWorkerRequest request = GetWorkerRequest.newBuilder().setName(WorkerName.of(worker)).build();
    new WorkerView(out(), format())
        .one(connection.service(WorkerServiceGrpc::newBlockingStub).getWorker(request).getWorker());
    return ExitCode.FINE;
  }
}
