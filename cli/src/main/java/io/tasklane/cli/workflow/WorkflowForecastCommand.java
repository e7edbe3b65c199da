package io.tasklane.cli.workflow;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.cli.output.Json;
import io.tasklane.cli.task.TaskInput;
import io.tasklane.cli.template.TemplateName;
import io.tasklane.v1.ForecastWorkflowRequest;
import io.tasklane.v1.Workflow;
import io.tasklane.v1.WorkflowForecast;
import io.tasklane.v1.WorkflowServiceGrpc;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane workflow forecast}: when a workflow will have ended. */
@Command(
    name = "forecast",
    description = {
      "Say when a workflow will have ended: one that runs, or one that would start now."
    },
    footer = {
      "",
      "Example: tasklane workflow forecast --template morning --input symbols='[\"AAPL\"]'"
    },
    mixinStandardHelpOptions = true)
final class WorkflowForecastCommand extends ServerCommand {
  @Parameters(
      paramLabel = "WORKFLOW",
      arity = "0..1",
      description = "One that was started: its name or the final part of it.")
  private String workflow;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "One that was not, as JSON, as workflow get -o json prints it.")
  private String file;

  @Option(
      names = "--template",
      paramLabel = "TEMPLATE",
      description = "One that was not, from a template, or TEMPLATE@VERSION.")
  private String template;

  @Option(
      names = "--input",
      paramLabel = "NAME=JSON|@FILE",
      description = "With --file or --template: an input; may be repeated.")
  private Map<String, String> inputs = Map.of();

  @Override
  protected ExitCode run(Connection connection) {
    if (Stream.of(workflow, file, template).filter(Objects::nonNull).count() != 1) {
      throw usage("it takes one of WORKFLOW, --file and --template");
    }
    if (workflow != null && !inputs.isEmpty()) {
      throw usage("--input is allowed with --file or --template");
    }
    WorkflowForecast forecast =
        connection
            .service(WorkflowServiceGrpc::newBlockingStub)
            .forecastWorkflow(request())
            .getForecast();
    if (format().isData()) {
      out().println(format().document(Json.of(forecast)));
    } else {
      new ForecastLines(forecast).lines().forEach(out()::println);
    }
    out().flush();
    return ExitCode.FINE;
  }

  private ForecastWorkflowRequest request() {
    ForecastWorkflowRequest.Builder request = ForecastWorkflowRequest.newBuilder();
    if (workflow != null) {
      return request.setName(WorkflowName.of(workflow)).build();
    }
    if (template != null) {
      request.setTemplate(TemplateName.of(template));
      inputs.forEach((name, value) -> request.putInputs(name, TaskInput.read(value)));
      return request.build();
    }
    Workflow.Builder tree = WorkflowFile.read(file).toBuilder();
    inputs.forEach((name, value) -> tree.putInputs(name, TaskInput.read(value)));
    return request.setWorkflow(tree).build();
  }
}
