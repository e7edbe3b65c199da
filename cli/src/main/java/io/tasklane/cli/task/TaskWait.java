package io.tasklane.cli.task;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.cli.command.TimeSpan;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane task wait}: the shell learns by the exit code how the task ended. */
@Command(
    name = "wait",
    description = "Wait for a task's end: exit code 0, 3 if it failed, 4 if it still runs.",
    footer = {"", "Example: tasklane task wait news-42 --timeout 5m"},
    mixinStandardHelpOptions = true)
final class TaskWait extends ServerCommand {
  @Parameters(paramLabel = "TASK", description = "Its name or the final part of it.")
  private String task;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "How long, for example 90s or 5m. Default: 1h.")
  private Duration timeout = Duration.ofHours(1);

  @Override
  protected ExitCode run(Connection connection) {
    Wait.Outcome outcome = new Wait(connection).untilEnd(TaskName.of(task), timeout);
    new TaskView(out(), format()).one(outcome.task());
    return outcome.exitCode();
  }
}
