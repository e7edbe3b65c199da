package io.tasklane.cli.calendar;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.DeleteCalendarRequest;
import io.tasklane.v1.ScheduleServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane calendar delete}. */
@Command(
    name = "delete",
    description = "Delete a stored calendar that no schedule uses.",
    footer = {"", "Example: tasklane calendar delete desk"},
    mixinStandardHelpOptions = true)
final class CalendarDelete extends ServerCommand {
  @Parameters(paramLabel = "CALENDAR", description = "For example XNYS.")
  private String calendar;

  @Option(
      names = "--etag",
      description = "Only where it is still in this version; calendar get -o json shows it.")
  private String etag = "";

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    String name = CalendarName.of(calendar);
    DeleteCalendarRequest request =
        DeleteCalendarRequest.newBuilder()
            .setRequestId(requestId.value())
            .setName(name)
            .setEtag(etag)
            .build();
    connection.service(ScheduleServiceGrpc::newBlockingStub).deleteCalendar(request);
    done("deleted", name);
    return ExitCode.FINE;
  }
}
