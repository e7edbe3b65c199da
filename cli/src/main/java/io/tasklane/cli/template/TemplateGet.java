package io.tasklane.cli.template;

import io.tasklane.cli.apply.YamlText;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.cli.output.Json;
import io.tasklane.v1.GetWorkflowTemplateRequest;
import io.tasklane.v1.WorkflowTemplate;
import io.tasklane.v1.WorkflowTemplateServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane template get}: as YAML, which apply reads. */
@Command(
    name = "get",
    description = {"Print a template as YAML, which apply reads again."},
    footer = {"", "Example: tasklane template get morning > morning.yaml"},
    mixinStandardHelpOptions = true)
final class TemplateGet extends ServerCommand {
  @Parameters(paramLabel = "TEMPLATE", description = "Its name or the final part of it.")
  private String template;

  @Option(
      names = "--version-number",
      paramLabel = "N",
      description = "Which version. Default: the newest.")
  private int version;

  @Override
  protected ExitCode run(Connection connection) {
    WorkflowTemplate found =
        connection
            .service(WorkflowTemplateServiceGrpc::newBlockingStub)
            .getWorkflowTemplate(
                GetWorkflowTemplateRequest.newBuilder()
                    .setName(TemplateName.of(template))
                    .setVersion(version)
                    .build())
            .getWorkflowTemplate();
    if (format().isData()) {
      out().println(format().document(Json.of(found)));
    } else {
      out().println("# version " + found.getVersion());
      YamlText.of("WorkflowTemplate", TemplateName.shortened(found.getName()), found)
          .forEach(out()::println);
    }
    return ExitCode.FINE;
  }
}
