package io.tasklane.cli.schedule;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.EnableScheduleRequest;
import io.tasklane.v1.ScheduleServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane schedule enable}. */
@Command(
    name = "enable",
    description = "Enable a schedule: it is due from now on.",
    footer = {"", "Example: tasklane schedule enable eod-report --reason 'back at work'"},
    mixinStandardHelpOptions = true)
final class ScheduleEnable extends ServerCommand {
  @Parameters(paramLabel = "SCHEDULE", description = "For example eod-report.")
  private String schedule;

  @Option(names = "--reason", description = "Why, for whoever looks at it later.")
  private String reason = "";

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    EnableScheduleRequest request =
        EnableScheduleRequest.newBuilder()
            .setRequestId(requestId.value())
            .setName(ScheduleName.of(schedule))
            .setReason(reason)
            .build();
    new ScheduleView(out(), format())
        .one(
            connection
                .service(ScheduleServiceGrpc::newBlockingStub)
                .enableSchedule(request)
                .getSchedule());
    return ExitCode.FINE;
  }
}
