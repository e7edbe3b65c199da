package io.tasklane.cli.calendar;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.Listing;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.Calendar;
import io.tasklane.v1.ListCalendarsRequest;
import io.tasklane.v1.ListCalendarsResponse;
import io.tasklane.v1.ScheduleServiceGrpc;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code tasklane calendar list}. */
@Command(
    name = "list",
    description = "List all calendars.",
    footer = {"", "Example: tasklane calendar list -o json"},
    mixinStandardHelpOptions = true)
final class CalendarList extends ServerCommand {

  @Override
  protected ExitCode run(Connection connection) {
    var stub = connection.service(ScheduleServiceGrpc::newBlockingStub);
    List<Calendar> calendars =
        new Listing<>(
                ListCalendarsResponse::getCalendarsList, ListCalendarsResponse::getNextPageToken)
            .all(
                page ->
                    stub.listCalendars(
                        ListCalendarsRequest.newBuilder().setPageToken(page).build()));
    new CalendarView(out(), format()).many(calendars);
    return ExitCode.FINE;
  }
}
