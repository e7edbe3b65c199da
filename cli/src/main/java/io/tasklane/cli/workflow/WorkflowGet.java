package io.tasklane.cli.workflow;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.GetWorkflowRequest;
import io.tasklane.v1.WorkflowServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tasklane workflow get}. */
@Command(
    name = "get",
    description = "Show a workflow with its tree.",
    footer = {"", "Example: tasklane workflow get morning-7 -o mermaid"},
    mixinStandardHelpOptions = true)
final class WorkflowGet extends ServerCommand {
  @Parameters(paramLabel = "WORKFLOW", description = "Its name or the final part of it.")
  private String workflow;

  @Override
  protected boolean hasDiagram() {
    return true;
  }

  @Override
  protected ExitCode run(Connection connection) {
    GetWorkflowRequest request =
        GetWorkflowRequest.newBuilder().setName(WorkflowName.of(workflow)).build();
    new WorkflowView(out(), format())
        .one(
            connection
                .service(WorkflowServiceGrpc::newBlockingStub)
                .getWorkflow(request)
                .getWorkflow());
    return ExitCode.FINE;
  }
}
