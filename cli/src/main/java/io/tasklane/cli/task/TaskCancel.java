package io.tasklane.cli.task;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.CancelTaskRequest;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskServiceGrpc;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane task cancel}: a waiting task ends at once, a running one is asked to stop. */
@Command(
    name = "cancel",
    description = "Cancel a task; a running one is asked to stop.",
    footer = {"", "Example: tasklane task cancel news-42 --reason 'no longer needed' --wait"},
    mixinStandardHelpOptions = true)
final class TaskCancel extends ServerCommand {
  @Parameters(paramLabel = "TASK", description = "Its name or the final part of it.")
  private String task;

  @Option(names = "--reason", description = "Why; it is kept with the task.")
  private String reason = "";

  @Option(names = "--force", description = "Do not wait for the handler to agree.")
  private boolean force;

  @Mixin private RequestIdOption requestId;

  @Option(names = "--wait", description = "Wait, at most an hour, until the task has ended.")
  private boolean wait;

  @Override
  protected ExitCode run(Connection connection) {
    CancelTaskRequest request =
        CancelTaskRequest.newBuilder()
            .setRequestId(requestId.value())
            .setName(TaskName.of(task))
            .setReason(reason)
            .setForce(force)
            .build();
    Task now = connection.service(TaskServiceGrpc::newBlockingStub).cancelTask(request).getTask();
    ExitCode code = ExitCode.FINE;
    if (wait) {
      Wait.Outcome outcome = new Wait(connection).untilEnd(now.getName(), Duration.ofHours(1));
      now = outcome.task();
      boolean cancelled = now.getState() == Task.State.STATE_CANCELLED;
      code = cancelled ? ExitCode.FINE : outcome.exitCode();
    }
    new TaskView(out(), format()).one(now);
    return code;
  }
}
