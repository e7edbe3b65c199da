package io.tasklane.cli.calendar;

import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.Moment;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.GetCalendarRequest;
import io.tasklane.v1.ScheduleServiceGrpc;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane calendar get}. */
@Command(
    name = "get",
    description = "Show one calendar, and its sessions in a stretch of time.",
    footer = {
      "",
      "Example: tasklane calendar get XNYS --from 2026-11-23T00:00:00Z "
          + "--to 2026-11-28T00:00:00Z"
    },
    mixinStandardHelpOptions = true)
final class CalendarGet extends ServerCommand {
  @Parameters(paramLabel = "CALENDAR", description = "For example XNYS.")
  private String calendar;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = Moment.class,
      description = "Show the sessions that open from then on, as 2026-11-23T00:00:00Z.")
  private Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = Moment.class,
      description = "And before then.")
  private Instant to;

  @Override
  protected ExitCode run(Connection connection) {
    if ((from == null) != (to == null)) {
      throw usage("give both --from and --to, or neither");
    }
    GetCalendarRequest.Builder request =
        GetCalendarRequest.newBuilder().setName(CalendarName.of(calendar));
    if (from != null) {
      request
          .setStartTime(Timestamps.fromMillis(from.toEpochMilli()))
          .setEndTime(Timestamps.fromMillis(to.toEpochMilli()));
    }
    new CalendarView(out(), format())
        .one(
            connection
                .service(ScheduleServiceGrpc::newBlockingStub)
                .getCalendar(request.build())
                .getCalendar());
    return ExitCode.FINE;
  }
}
