package io.tasklane.cli.calendar;

import com.google.gson.JsonArray;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.output.Json;
import io.tasklane.cli.output.OutputFormat;
import io.tasklane.cli.output.Table;
import io.tasklane.v1.Calendar;
import io.tasklane.v1.Session;
import java.io.PrintWriter;
import java.util.List;

/** How calendars are printed. */
final class CalendarView {
  private final PrintWriter out;
  private final OutputFormat format;

  CalendarView(PrintWriter out, OutputFormat format) {
    this.out = out;
    this.format = format;
  }

  void one(Calendar calendar) {
    if (format.isData()) {
      out.println(format.document(Json.of(calendar)));
      return;
    }
    table(List.of(calendar));
    if (calendar.getSessionsCount() > 0) {
      out.println();
      Table sessions = new Table("OPEN", "CLOSE", "HALF DAY", "REASON");
      for (Session session : calendar.getSessionsList()) {
        sessions.row(
            Timestamps.toString(session.getOpenTime()),
            Timestamps.toString(session.getCloseTime()),
            session.getHalfDay() ? "yes" : "",
            session.getReason());
      }
      sessions.print(out);
    }
  }

  void many(List<Calendar> calendars) {
    if (format == OutputFormat.TABLE) {
      table(calendars);
      return;
    }
    JsonArray array = new JsonArray();
    calendars.forEach(calendar -> array.add(Json.of(calendar)));
    out.println(format.document(array));
  }

  private void table(List<Calendar> calendars) {
    Table table = new Table("NAME", "ZONE", "FROM", "TO", "VERSION", "CHANGED");
    for (Calendar calendar : calendars) {
      table.row(
          calendar.getName(),
          calendar.getTimeZone(),
          calendar.getValidFrom(),
          calendar.getValidTo(),
          calendar.getVersion(),
          calendar.getBuiltIn() ? "built in" : calendar.getEtag());
    }
    table.print(out);
  }
}
