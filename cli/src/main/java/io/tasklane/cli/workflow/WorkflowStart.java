package io.tasklane.cli.workflow;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.cli.task.TaskInput;
import io.tasklane.cli.template.TemplateName;
import io.tasklane.v1.StartWorkflowRequest;
import io.tasklane.v1.Workflow;
import io.tasklane.v1.WorkflowServiceGrpc;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tasklane workflow start}: in the answer its first tasks exist. */
@Command(
    name = "start",
    description = {
      "Start a workflow from a file or a template; its first tasks exist once this answers."
    },
    footer = {
      "",
      "Example: tasklane workflow start --template morning --input " + "symbols='[\"AAPL\"]' --wait"
    },
    mixinStandardHelpOptions = true)
final class WorkflowStart extends ServerCommand {
  /** What is started: one of the two. */
  private static final class Source {
    @Option(
        names = {"-f", "--file"},
        required = true,
        paramLabel = "FILE",
        description =
            "The workflow as JSON, as workflow get -o json prints it; - is standard input.")
    private String file;

    @Option(
        names = "--template",
        required = true,
        paramLabel = "TEMPLATE",
        description = "A template, or TEMPLATE@VERSION. Default: its newest version.")
    private String template;
  }

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Option(names = "--id", description = "Final part of the name. Default: the server draws one.")
  private String id = "";

  @Option(
      names = "--input",
      paramLabel = "NAME=JSON|@FILE|-",
      description =
          "An input, in place of the one in the file or template; - is standard input."
              + " May be repeated.")
  private Map<String, String> inputs = Map.of();

  @Option(names = "--check", description = "Only check it, and start nothing.")
  private boolean check;

  @Mixin private RequestIdOption requestId;

  @Option(names = "--wait", description = "Show it until it has ended.")
  private boolean wait;

  @Override
  protected ExitCode run(Connection connection) {
    Workflow.Builder workflow =
        source.file == null ? Workflow.newBuilder() : WorkflowFile.read(source.file).toBuilder();
    inputs.forEach((name, value) -> workflow.putInputs(name, TaskInput.read(value)));
    Workflow started =
        connection
            .service(WorkflowServiceGrpc::newBlockingStub)
            .startWorkflow(
                StartWorkflowRequest.newBuilder()
                    .setRequestId(requestId.value())
                    .setWorkflowId(id)
                    .setWorkflow(workflow)
                    .setTemplate(source.file == null ? TemplateName.of(source.template) : "")
                    .setValidateOnly(check)
                    .build())
            .getWorkflow();
    if (check) {
      done("checked", source.file == null ? source.template : source.file);
      return ExitCode.FINE;
    }
    if (wait) {
      return new WorkflowFollower(connection, out(), format()).untilEnd(started);
    }
    new WorkflowView(out(), format()).one(started);
    return ExitCode.FINE;
  }
}
