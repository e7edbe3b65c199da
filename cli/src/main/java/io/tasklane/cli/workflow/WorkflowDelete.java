package io.tasklane.cli.workflow;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.DeleteWorkflowRequest;
import io.tasklane.v1.WorkflowServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane workflow delete}: its tasks stay. */
@Command(
    name = "delete",
    description = "Delete a workflow that has ended; its tasks stay.",
    footer = {"", "Example: tasklane workflow delete morning-7"},
    mixinStandardHelpOptions = true)
final class WorkflowDelete extends ServerCommand {
  @Parameters(paramLabel = "WORKFLOW", description = "Its name or the final part of it.")
  private String workflow;

  @Option(
      names = "--etag",
      description = "Only where it is still in this version; workflow get -o json shows it.")
  private String etag = "";

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    String name = WorkflowName.of(workflow);
    DeleteWorkflowRequest request =
        DeleteWorkflowRequest.newBuilder()
            .setRequestId(requestId.value())
            .setName(name)
            .setEtag(etag)
            .build();
    connection.service(WorkflowServiceGrpc::newBlockingStub).deleteWorkflow(request);
    done("deleted", name);
    return ExitCode.FINE;
  }
}
