package io.tasklane.cli.schedule;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.cli.command.TimeSpan;
import io.tasklane.cli.task.TaskView;
import io.tasklane.cli.task.Wait;
import io.tasklane.v1.ScheduleRun;
import io.tasklane.v1.ScheduleServiceGrpc;
import io.tasklane.v1.TriggerScheduleRequest;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane schedule trigger}. */
@Command(
    name = "trigger",
    description = "Run a schedule now.",
    footer = {"", "Example: tasklane schedule trigger eod-report --wait"},
    mixinStandardHelpOptions = true)
final class ScheduleTrigger extends ServerCommand {
  @Parameters(paramLabel = "SCHEDULE", description = "For example eod-report.")
  private String schedule;

  @Option(
      names = "--overlap",
      paramLabel = "POLICY",
      description = "If a run has not ended: SKIP, ALLOW or CANCEL_OTHER. Default: its own.")
  private RunOptions.Overlap overlap;

  @Option(names = "--wait", description = "Wait until the task has ended.")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "With --wait: how long, for example 90s or 5m. Default: 1h.")
  private Duration timeout = Duration.ofHours(1);

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    TriggerScheduleRequest.Builder request =
        TriggerScheduleRequest.newBuilder()
            .setRequestId(requestId.value())
            .setName(ScheduleName.of(schedule));
    if (overlap != null) {
      request.setOverlapPolicy(overlap.wire());
    }
    ScheduleRun run =
        connection
            .service(ScheduleServiceGrpc::newBlockingStub)
            .triggerSchedule(request.build())
            .getRun();
    if (!wait || run.getTarget().isEmpty()) {
      new RunView(out(), format()).many(List.of(run));
      return run.getTarget().isEmpty() ? ExitCode.ERROR : ExitCode.FINE;
    }
    Wait.Outcome outcome = new Wait(connection).untilEnd(run.getTarget(), timeout);
    new TaskView(out(), format()).one(outcome.task());
    return outcome.exitCode();
  }
}
