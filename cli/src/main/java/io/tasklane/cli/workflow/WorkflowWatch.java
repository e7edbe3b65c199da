package io.tasklane.cli.workflow;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.GetWorkflowRequest;
import io.tasklane.v1.WorkflowServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tasklane workflow watch}: the tree as it changes, until the workflow ends. */
@Command(
    name = "watch",
    description = "Show the tree of a workflow as it changes, until it ends.",
    footer = {"", "Example: tasklane workflow watch morning-7"},
    mixinStandardHelpOptions = true)
final class WorkflowWatch extends ServerCommand {
  @Parameters(paramLabel = "WORKFLOW", description = "Its name or the final part of it.")
  private String workflow;

  @Override
  protected ExitCode run(Connection connection) {
    GetWorkflowRequest request =
        GetWorkflowRequest.newBuilder().setName(WorkflowName.of(workflow)).build();
    return new WorkflowFollower(connection, out(), format())
        .untilEnd(
            connection
                .service(WorkflowServiceGrpc::newBlockingStub)
                .getWorkflow(request)
                .getWorkflow());
  }
}
