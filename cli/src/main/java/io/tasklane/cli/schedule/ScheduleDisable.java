package io.tasklane.cli.schedule;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.DisableScheduleRequest;
import io.tasklane.v1.ScheduleServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane schedule disable}. */
@Command(
    name = "disable",
    description = "Disable a schedule: nothing starts until it is enabled.",
    footer = {"", "Example: tasklane schedule disable eod-report --reason 'holidays'"},
    mixinStandardHelpOptions = true)
final class ScheduleDisable extends ServerCommand {
  @Parameters(paramLabel = "SCHEDULE", description = "For example eod-report.")
  private String schedule;

  @Option(names = "--reason", description = "Why, for whoever looks at it later.")
  private String reason = "";

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    DisableScheduleRequest request =
        DisableScheduleRequest.newBuilder()
            .setRequestId(requestId.value())
            .setName(ScheduleName.of(schedule))
            .setReason(reason)
            .build();
    new ScheduleView(out(), format())
        .one(
            connection
                .service(ScheduleServiceGrpc::newBlockingStub)
                .disableSchedule(request)
                .getSchedule());
    return ExitCode.FINE;
  }
}
