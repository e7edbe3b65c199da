package io.tasklane.cli.workflow;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.Listing;
import io.tasklane.cli.command.PageOptions;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.ListWorkflowsRequest;
import io.tasklane.v1.ListWorkflowsResponse;
import io.tasklane.v1.WorkflowServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tasklane workflow list}. */
@Command(
    name = "list",
    description = "List workflows, the newest first.",
    footer = {"", "Example: tasklane workflow list --limit 10"},
    mixinStandardHelpOptions = true)
final class WorkflowList extends ServerCommand {
  @Option(
      names = "--filter",
      paramLabel = "EXPRESSION",
      description = "AIP-160, for example: state = RUNNING AND labels.desk = \"fx\"")
  private String filter = "";

  @Mixin private PageOptions pages;

  @Override
  protected ExitCode run(Connection connection) {
    var stub = connection.service(WorkflowServiceGrpc::newBlockingStub);
    var workflows =
        new Listing<>(
                ListWorkflowsResponse::getWorkflowsList, ListWorkflowsResponse::getNextPageToken)
            .limited(pages, (page, size) -> stub.listWorkflows(request(page, size)));
    new WorkflowView(out(), format()).many(workflows.elements());
    PageOptions.remark(err(), workflows.nextPage());
    return ExitCode.FINE;
  }

  private ListWorkflowsRequest request(String page, int size) {
    return ListWorkflowsRequest.newBuilder()
        .setPageSize(size)
        .setPageToken(page)
        .setFilter(filter)
        .build();
  }
}
