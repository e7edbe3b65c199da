package io.tasklane.cli.calendar;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.CreateCalendarRequest;
import io.tasklane.v1.ScheduleServiceGrpc;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane calendar create}. */
@Command(
    name = "create",
    description = "Create a calendar from a file.",
    footer = {"", "Example: tasklane calendar create desk --file desk.json"},
    mixinStandardHelpOptions = true)
final class CalendarCreate extends ServerCommand {
  @Parameters(paramLabel = "CALENDAR", description = "For example XNYS.")
  private String calendar;

  @Option(
      names = "--file",
      required = true,
      paramLabel = "FILE",
      description = "JSON as calendar get -o json prints it.")
  private Path file;

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    CreateCalendarRequest request =
        CreateCalendarRequest.newBuilder()
            .setRequestId(requestId.value())
            .setCalendarId(CalendarName.shortened(calendar))
            .setCalendar(CalendarFile.read(file))
            .build();
    new CalendarView(out(), format())
        .one(
            connection
                .service(ScheduleServiceGrpc::newBlockingStub)
                .createCalendar(request)
                .getCalendar());
    return ExitCode.FINE;
  }
}
