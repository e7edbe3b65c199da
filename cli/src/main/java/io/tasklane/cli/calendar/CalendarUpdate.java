package io.tasklane.cli.calendar;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.ScheduleServiceGrpc;
import io.tasklane.v1.UpdateCalendarRequest;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane calendar update}. */
@Command(
    name = "update",
    description = "Change a calendar: what the file sets takes the place of what was there.",
    footer = {"", "Example: tasklane calendar update desk --file desk.json"},
    mixinStandardHelpOptions = true)
final class CalendarUpdate extends ServerCommand {
  @Parameters(paramLabel = "CALENDAR", description = "For example XNYS.")
  private String calendar;

  @Option(
      names = "--file",
      required = true,
      paramLabel = "FILE",
      description = "JSON as calendar get -o json prints it.")
  private Path file;

  @Option(
      names = "--etag",
      description = "Only where it is still in this version; calendar get -o json shows it.")
  private String etag = "";

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    UpdateCalendarRequest request =
        UpdateCalendarRequest.newBuilder()
            .setRequestId(requestId.value())
            .setCalendar(CalendarFile.read(file).setName(CalendarName.of(calendar)).setEtag(etag))
            .build();
    new CalendarView(out(), format())
        .one(
            connection
                .service(ScheduleServiceGrpc::newBlockingStub)
                .updateCalendar(request)
                .getCalendar());
    return ExitCode.FINE;
  }
}
