package io.tasklane.cli.workflow;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.CancelWorkflowRequest;
import io.tasklane.v1.WorkflowServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane workflow cancel}. */
@Command(
    name = "cancel",
    description = "Cancel all that is open of a workflow.",
    footer = {"", "Example: tasklane workflow cancel morning-7"},
    mixinStandardHelpOptions = true)
final class WorkflowCancel extends ServerCommand {
  @Parameters(paramLabel = "WORKFLOW", description = "Its name or the final part of it.")
  private String workflow;

  @Option(names = "--reason", description = "Why; whoever looks at the workflow sees it.")
  private String reason = "";

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    CancelWorkflowRequest request =
        CancelWorkflowRequest.newBuilder()
            .setRequestId(requestId.value())
            .setName(WorkflowName.of(workflow))
            .setReason(reason)
            .build();
    new WorkflowView(out(), format())
        .one(
            connection
                .service(WorkflowServiceGrpc::newBlockingStub)
                .cancelWorkflow(request)
                .getWorkflow());
    return ExitCode.FINE;
  }
}
