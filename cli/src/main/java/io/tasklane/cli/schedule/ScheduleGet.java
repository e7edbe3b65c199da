package io.tasklane.cli.schedule;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.GetScheduleRequest;
import io.tasklane.v1.ScheduleServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tasklane schedule get}. */
@Command(
    name = "get",
    description = "Show one schedule, its counts and its last runs.",
    footer = {"", "Example: tasklane schedule get eod-report"},
    mixinStandardHelpOptions = true)
final class ScheduleGet extends ServerCommand {
  @Parameters(paramLabel = "SCHEDULE", description = "For example eod-report.")
  private String schedule;

  @Override
  protected ExitCode run(Connection connection) {
    GetScheduleRequest request =
        GetScheduleRequest.newBuilder().setName(ScheduleName.of(schedule)).build();
    new ScheduleView(out(), format())
        .one(
            connection
                .service(ScheduleServiceGrpc::newBlockingStub)
                .getSchedule(request)
                .getSchedule());
    return ExitCode.FINE;
  }
}
