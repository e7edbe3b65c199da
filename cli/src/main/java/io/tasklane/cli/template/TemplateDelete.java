package io.tasklane.cli.template;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.DeleteWorkflowTemplateRequest;
import io.tasklane.v1.WorkflowTemplateServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane template delete}. */
@Command(
    name = "delete",
    description = "Delete a template with all versions; workflows started from it go on.",
    footer = {"", "Example: tasklane template delete morning"},
    mixinStandardHelpOptions = true)
final class TemplateDelete extends ServerCommand {
  @Parameters(paramLabel = "TEMPLATE", description = "Its name or the final part of it.")
  private String template;

  @Option(
      names = "--etag",
      description = "Only where it is still in this version; template get -o json shows it.")
  private String etag = "";

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    String name = TemplateName.of(template);
    connection
        .service(WorkflowTemplateServiceGrpc::newBlockingStub)
        .deleteWorkflowTemplate(
            DeleteWorkflowTemplateRequest.newBuilder()
                .setRequestId(requestId.value())
                .setName(name)
                .setEtag(etag)
                .build());
    done("deleted", name);
    return ExitCode.FINE;
  }
}
