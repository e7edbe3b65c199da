package io.tasklane.cli.fact;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.FactServiceGrpc;
import io.tasklane.v1.GetFactRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tasklane fact get}. */
@Command(
    name = "get",
    description = "Show one fact.",
    footer = {"", "Example: tasklane fact get limits/max-order"},
    mixinStandardHelpOptions = true)
final class FactGet extends ServerCommand {
  @Parameters(paramLabel = "FACT", description = "For example portfolio_synced.")
  private String fact;

  @Override
  protected ExitCode run(Connection connection) {
    GetFactRequest request = GetFactRequest.newBuilder().setName(FactName.of(fact)).build();
    new FactView(out(), format())
        .one(connection.service(FactServiceGrpc::newBlockingStub).getFact(request).getFact());
    return ExitCode.FINE;
  }
}
