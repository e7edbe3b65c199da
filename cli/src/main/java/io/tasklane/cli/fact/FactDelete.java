package io.tasklane.cli.fact;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.DeleteFactRequest;
import io.tasklane.v1.FactServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tasklane fact delete}. */
@Command(
    name = "delete",
    description = "Delete a fact.",
    footer = {"", "Example: tasklane fact delete limits/max-order"},
    mixinStandardHelpOptions = true)
final class FactDelete extends ServerCommand {
  @Parameters(paramLabel = "FACT", description = "For example portfolio_synced.")
  private String fact;

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    String name = FactName.of(fact);
    connection
        .service(FactServiceGrpc::newBlockingStub)
        .deleteFact(
            DeleteFactRequest.newBuilder().setRequestId(requestId.value()).setName(name).build());
    done("deleted", name);
    return ExitCode.FINE;
  }
}
