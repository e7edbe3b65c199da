package io.tasklane.cli.task;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.RetryTaskRequest;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskServiceGrpc;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane task retry}: what ended without success runs again, as a new task. */
@Command(
    name = "retry",
    description = "Run a failed, cancelled or skipped task again, as a new task.",
    footer = {"", "Example: tasklane task retry news-42 --wait"},
    mixinStandardHelpOptions = true)
final class TaskRetry extends ServerCommand {
  @Parameters(paramLabel = "TASK", description = "Its name or the final part of it.")
  private String task;

  @Option(
      names = "--input",
      paramLabel = "JSON|@FILE|-",
      description =
          "Another input, @ and a file that holds it, or - for standard input."
              + " Default: the old one.")
  private String input;

  @Option(
      names = "--ignore-dependencies",
      description = "Run it even if tasks that it depends on did not end as needed.")
  private boolean ignoreDependencies;

  @Option(
      names = "--fresh-steps",
      description = "Run all steps anew. Default: the results of those that succeeded are kept.")
  private boolean freshSteps;

  @Mixin private RequestIdOption requestId;

  @Option(names = "--wait", description = "Wait, at most an hour, until the new task has ended.")
  private boolean wait;

  @Override
  protected ExitCode run(Connection connection) {
    RetryTaskRequest.Builder request =
        RetryTaskRequest.newBuilder()
            .setRequestId(requestId.value())
            .setName(TaskName.of(task))
            .setIgnoreDependencies(ignoreDependencies)
            .setFreshSteps(freshSteps);
    if (input != null) {
      request.setInputOverride(TaskInput.read(input));
    }
    Task again =
        connection.service(TaskServiceGrpc::newBlockingStub).retryTask(request.build()).getTask();
    ExitCode code = ExitCode.FINE;
    if (wait) {
      Wait.Outcome outcome = new Wait(connection).untilEnd(again.getName(), Duration.ofHours(1));
      again = outcome.task();
      code = outcome.exitCode();
    }
    new TaskView(out(), format()).one(again);
    return code;
  }
}
