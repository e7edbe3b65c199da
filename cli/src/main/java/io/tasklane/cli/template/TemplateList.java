package io.tasklane.cli.template;

import com.google.gson.JsonArray;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.Listing;
import io.tasklane.cli.command.PageOptions;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.cli.output.Json;
import io.tasklane.cli.output.Table;
import io.tasklane.v1.ListWorkflowTemplatesRequest;
import io.tasklane.v1.ListWorkflowTemplatesResponse;
import io.tasklane.v1.WorkflowTemplate;
import io.tasklane.v1.WorkflowTemplateServiceGrpc;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tasklane template list}. */
@Command(
    name = "list",
    description = "List the newest versions of all templates, by name.",
    footer = {"", "Example: tasklane template list"},
    mixinStandardHelpOptions = true)
final class TemplateList extends ServerCommand {
  @Mixin private PageOptions pages;

  @Override
  protected ExitCode run(Connection connection) {
    var stub = connection.service(WorkflowTemplateServiceGrpc::newBlockingStub);
    var templates =
        new Listing<>(
                ListWorkflowTemplatesResponse::getWorkflowTemplatesList,
                ListWorkflowTemplatesResponse::getNextPageToken)
            .limited(
                pages,
                (page, size) ->
                    stub.listWorkflowTemplates(
                        ListWorkflowTemplatesRequest.newBuilder()
                            .setPageSize(size)
                            .setPageToken(page)
                            .build()));
    print(templates.elements());
    PageOptions.remark(err(), templates.nextPage());
    return ExitCode.FINE;
  }

  private void print(List<WorkflowTemplate> templates) {
    if (format().isData()) {
      JsonArray array = new JsonArray();
      templates.forEach(template -> array.add(Json.of(template)));
      out().println(format().document(array));
      return;
    }
    Table table = new Table("NAME", "VERSION", "STORED", "DESCRIPTION");
    for (WorkflowTemplate template : templates) {
      table.row(
          template.getName(),
          template.getVersion(),
          Timestamps.toString(template.getUpdateTime()),
          template.getDescription().lines().findFirst().orElse(""));
    }
    table.print(out());
  }
}
