package io.tasklane.cli.workflow;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.cli.task.TaskInput;
import io.tasklane.v1.StartWorkflowRequest;
import io.tasklane.v1.Workflow;
import io.tasklane.v1.WorkflowServiceGrpc;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tasklane workflow start}: in the answer its first tasks exist. */
@Command(
    name = "start",
    description = "Start a workflow from a file; its first tasks exist once this answers.",
    mixinStandardHelpOptions = true)
final class WorkflowStart extends ServerCommand {
  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE",
      description = "The workflow as JSON, as workflow get -o json prints it.")
  private String file;

  @Option(names = "--id", description = "Final part of the name. Default: the server draws one.")
  private String id = "";

  @Option(
      names = "--input",
      paramLabel = "NAME=JSON|@FILE",
      description = "An input, in place of the one in the file; may be repeated.")
  private Map<String, String> inputs = Map.of();

  @Option(names = "--check", description = "Only check it, and start nothing.")
  private boolean check;

  @Mixin private RequestIdOption requestId;

  @Option(names = "--wait", description = "Show it until it has ended.")
  private boolean wait;

  @Override
  protected ExitCode run(Connection connection) {
    Workflow.Builder workflow = WorkflowFile.read(file).toBuilder();
    inputs.forEach((name, value) -> workflow.putInputs(name, TaskInput.read(value)));
    Workflow started =
        connection
            .service(WorkflowServiceGrpc::newBlockingStub)
            .startWorkflow(
                StartWorkflowRequest.newBuilder()
                    .setRequestId(requestId.value())
                    .setWorkflowId(id)
                    .setWorkflow(workflow)
                    .setValidateOnly(check)
                    .build())
            .getWorkflow();
    if (check) {
      done("checked", file);
      return ExitCode.FINE;
    }
    if (wait) {
      return new WorkflowFollower(connection, out(), format()).untilEnd(started);
    }
    new WorkflowView(out(), format()).one(started);
    return ExitCode.FINE;
  }
}
