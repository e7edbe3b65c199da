package io.tasklane.cli.workflow;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.cli.output.Json;
import io.tasklane.v1.DecideNodeRequest;
import io.tasklane.v1.DecideNodeRequest.Decision;
import io.tasklane.v1.NodeStatus;
import io.tasklane.v1.WorkflowServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane workflow decide}: approves or rejects a node that waits for it. */
@Command(
    name = "decide",
    description = "Approve or reject a node that waits for approvals.",
    footer = {
      "",
      "Example: tasklane workflow decide morning-7 sign-off approve --as " + "user:ann"
    },
    mixinStandardHelpOptions = true)
final class WorkflowDecide extends ServerCommand {
  /** What people type. */
  enum Word {
    approve,
    reject
  }

  @Parameters(index = "0", paramLabel = "WORKFLOW", description = "Its name or the final part.")
  private String workflow;

  @Parameters(
      index = "1",
      paramLabel = "NODE[.INDEX]",
      converter = NodeName.class,
      description = "The node that waits.")
  private NodeName.Named node;

  @Parameters(index = "2", paramLabel = "approve|reject", description = "The decision.")
  private Word decision;

  @Option(
      names = "--as",
      paramLabel = "PRINCIPAL",
      description = "Who decides, for example user:ann. Default: anonymous.")
  private String principal = "";

  @Option(names = "--reason", description = "Why; whoever looks at the node sees it.")
  private String reason = "";

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    DecideNodeRequest request =
        DecideNodeRequest.newBuilder()
            .setRequestId(requestId.value())
            .setName(WorkflowName.of(workflow))
            .setNodeId(node.nodeId())
            .addAllIndex(node.index())
            .setDecision(
                decision == Word.approve ? Decision.DECISION_APPROVE : Decision.DECISION_REJECT)
            .setPrincipal(principal)
            .setReason(reason)
            .build();
    NodeStatus decided =
        connection.service(WorkflowServiceGrpc::newBlockingStub).decideNode(request).getNode();
    if (format().isData()) {
      out().println(format().document(Json.of(decided)));
    } else {
      out()
          .println(
              decided.getNodeId()
                  + "  "
                  + WorkflowView.label(decided.getState().name())
                  + "  approvals: "
                  + decided.getApproversCount());
    }
    return ExitCode.FINE;
  }
}
