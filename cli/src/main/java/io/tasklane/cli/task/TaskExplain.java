package io.tasklane.cli.task;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.cli.output.Json;
import io.tasklane.v1.ExplainTaskRequest;
import io.tasklane.v1.TaskExplanation;
import io.tasklane.v1.TaskServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tasklane task explain}: why a task is not running, and when it will. */
@Command(
    name = "explain",
    description = "Say why a task is not running, what would change that, and when it starts.",
    footer = {"", "Example: tasklane task explain news-42"},
    mixinStandardHelpOptions = true)
final class TaskExplain extends ServerCommand {
  @Parameters(paramLabel = "TASK", description = "Its name or the final part of it.")
  private String task;

  @Override
  protected ExitCode run(Connection connection) {
    TaskExplanation explanation =
        connection
            .service(TaskServiceGrpc::newBlockingStub)
            .explainTask(ExplainTaskRequest.newBuilder().setName(TaskName.of(task)).build())
            .getExplanation();
    if (format().isData()) {
      out().println(format().document(Json.of(explanation)));
    } else {
      new ExplanationLines(explanation).lines().forEach(out()::println);
    }
    out().flush();
    return ExitCode.FINE;
  }
}
