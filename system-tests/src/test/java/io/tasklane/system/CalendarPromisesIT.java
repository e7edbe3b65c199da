package io.tasklane.system;

import static io.tasklane.system.Refusals.refused;

import com.google.protobuf.util.Timestamps;
import io.tasklane.v1.Calendar;
import io.tasklane.v1.CreateCalendarRequest;
import io.tasklane.v1.CreateScheduleRequest;
import io.tasklane.v1.CronTrigger;
import io.tasklane.v1.DeleteCalendarRequest;
import io.tasklane.v1.DeleteScheduleRequest;
import io.tasklane.v1.GetCalendarRequest;
import io.tasklane.v1.ListCalendarsRequest;
import io.tasklane.v1.Schedule;
import io.tasklane.v1.TradingHours;
import io.tasklane.v1.UpdateCalendarRequest;
import io.tasklane.v1.WeeklyHours;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each refusal of the calls about calendars. */
@ExtendWith(SharedServer.class)
class CalendarPromisesIT {
  private static final String BAD = "INVALID_ARGUMENT INVALID_FIELD";
  private static final String REUSED = "INVALID_ARGUMENT REQUEST_ID_REUSED";
  private static final String MISSING = "NOT_FOUND CALENDAR_NOT_FOUND";
  private static final String NOWHERE = "calendars/NOWHERE";

  private static CreateCalendarRequest.Builder creation(String id, String from, String to) {
    return CreateCalendarRequest.newBuilder()
        .setCalendarId(id)
        .setCalendar(
            Calendar.newBuilder()
                .setTimeZone("UTC")
                .setVersion("1")
                .setValidFrom(from)
                .setValidTo(to)
                .addWeeklyHours(
                    WeeklyHours.newBuilder()
                        .addDays("MONDAY")
                        .addHours(TradingHours.newBuilder().setOpen("09:00").setClose("17:00"))));
  }

  static String create(Client client, String id, String from, String to) {
    return client
        .schedules()
        .createCalendar(creation(id, from, to).build())
        .getCalendar()
        .getName();
  }

  static void delete(Client client, String name) {
    client.schedules().deleteCalendar(DeleteCalendarRequest.newBuilder().setName(name).build());
  }

  private static UpdateCalendarRequest.Builder change(String name, String version) {
    return UpdateCalendarRequest.newBuilder()
        .setCalendar(Calendar.newBuilder().setName(name).setVersion(version));
  }

  @Test
  void of_looking_at_calendars(Client client) {
    for (String[] wrong : new String[][] {{"x", BAD}, {NOWHERE, MISSING}}) {
      var get = GetCalendarRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.schedules().getCalendar(get));
    }
    var unknown =
        GetCalendarRequest.newBuilder()
            .setName("calendars/XNYS")
            .setStartTime(Timestamps.fromSeconds(0))
            .setEndTime(Timestamps.fromSeconds(86_400))
            .build();
    refused("INVALID_ARGUMENT CALENDAR_RANGE", () -> client.schedules().getCalendar(unknown));
    var size = ListCalendarsRequest.newBuilder().setPageSize(501).build();
    refused(BAD, () -> client.schedules().listCalendars(size));
    var token = ListCalendarsRequest.newBuilder().setPageToken("x").build();
    refused("INVALID_ARGUMENT PAGE_TOKEN", () -> client.schedules().listCalendars(token));
  }

  @Test
  void of_creating_changing_and_deleting(Client client) {
    String id = UUID.randomUUID().toString();
    var creation = creation("MADE", "2026-01-01", "2030-12-31").setRequestId(id).build();
    Calendar made = client.schedules().createCalendar(creation).getCalendar();
    var other = creation.toBuilder().setCalendarId("OTHER").build();
    refused(REUSED, () -> client.schedules().createCalendar(other));
    var again = creation.toBuilder().clearRequestId().build();
    refused("ALREADY_EXISTS CALENDAR_EXISTS", () -> client.schedules().createCalendar(again));
    var inverted = creation("WRONG", "2026-01-02", "2026-01-01").build();
    refused(BAD, () -> client.schedules().createCalendar(inverted));

    var update = change(made.getName(), "2").setRequestId(id).build();
    client.schedules().updateCalendar(update);
    var otherUpdate = change(NOWHERE, "3").setRequestId(id).build();
    refused(REUSED, () -> client.schedules().updateCalendar(otherUpdate));
    refused(MISSING, () -> client.schedules().updateCalendar(change(NOWHERE, "3").build()));
    refused(BAD, () -> client.schedules().updateCalendar(change("x", "3").build()));
    UpdateCalendarRequest.Builder stale = change(made.getName(), "3");
    stale.getCalendarBuilder().setEtag(made.getEtag());
    refused("ABORTED ETAG_MISMATCH", () -> client.schedules().updateCalendar(stale.build()));

    var staleDelete =
        DeleteCalendarRequest.newBuilder().setName(made.getName()).setEtag(made.getEtag()).build();
    refused("ABORTED ETAG_MISMATCH", () -> client.schedules().deleteCalendar(staleDelete));
    refused(MISSING, () -> delete(client, NOWHERE));
    refused(BAD, () -> delete(client, "x"));
    refused("FAILED_PRECONDITION CALENDAR_BUILT_IN", () -> delete(client, "calendars/XNYS"));
    var use =
        CreateScheduleRequest.newBuilder()
            .setScheduleId("user-of-made")
            .setSchedule(
                Schedule.newBuilder()
                    .setCron(
                        CronTrigger.newBuilder()
                            .setExpression("0 0 1 1 *")
                            .setCalendar(made.getName()))
                    .setTask(Client.task(Client.DATA, "system.noop", "{}")))
            .build();
    String user = client.schedules().createSchedule(use).getSchedule().getName();
    refused("FAILED_PRECONDITION CALENDAR_IN_USE", () -> delete(client, made.getName()));
    client.schedules().deleteSchedule(DeleteScheduleRequest.newBuilder().setName(user).build());
    var gone = DeleteCalendarRequest.newBuilder().setName(made.getName()).setRequestId(id).build();
    client.schedules().deleteCalendar(gone);
    var otherDelete = gone.toBuilder().setName(NOWHERE).build();
    refused(REUSED, () -> client.schedules().deleteCalendar(otherDelete));
  }
}
