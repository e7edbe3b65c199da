package io.tasklane.cli.workflow;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.RetryWorkflowRequest;
import io.tasklane.v1.WorkflowServiceGrpc;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane workflow retry}: what succeeded is not run again. */
@Command(
    name = "retry",
    description = "Run again what did not succeed, and what comes after it.",
    footer = {"", "Example: tasklane workflow retry morning-7"},
    mixinStandardHelpOptions = true)
final class WorkflowRetry extends ServerCommand {
  @Parameters(paramLabel = "WORKFLOW", description = "Its name or the final part of it.")
  private String workflow;

  @Option(
      names = "--node",
      paramLabel = "NODE[.INDEX]",
      converter = NodeName.class,
      description = "Only this node, or this copy of it, as fetch.3; may be repeated.")
  private List<NodeName.Named> nodes = List.of();

  @Option(names = "--reason", description = "Why; whoever looks at the workflow sees it.")
  private String reason = "";

  @Option(
      names = "--fresh-steps",
      description = "Run all steps anew. Default: the results of those that succeeded are kept.")
  private boolean freshSteps;

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    RetryWorkflowRequest.Builder request =
        RetryWorkflowRequest.newBuilder()
            .setRequestId(requestId.value())
            .setName(WorkflowName.of(workflow))
            .setReason(reason)
            .setFreshSteps(freshSteps);
    nodes.forEach(
        node -> request.addNodesBuilder().setNodeId(node.nodeId()).addAllIndex(node.index()));
    new WorkflowView(out(), format())
        .one(
            connection
                .service(WorkflowServiceGrpc::newBlockingStub)
                .retryWorkflow(request.build())
                .getWorkflow());
    return ExitCode.FINE;
  }
}
