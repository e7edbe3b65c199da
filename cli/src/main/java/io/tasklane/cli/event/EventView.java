package io.tasklane.cli.event;

import com.google.gson.JsonArray;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.output.Json;
import io.tasklane.cli.output.OutputFormat;
import io.tasklane.cli.output.Table;
import io.tasklane.v1.Event;
import java.io.PrintWriter;
import java.util.List;

/** How events are printed: as a list, or as one line of a watch. */
final class EventView {
  private final PrintWriter out;
  private final OutputFormat format;

  EventView(PrintWriter out, OutputFormat format) {
    this.out = out;
    this.format = format;
  }

  /** Prints a list in the order given. */
  void many(List<Event> events) {
    if (format.isData()) {
      JsonArray array = new JsonArray();
      events.forEach(event -> array.add(Json.of(event)));
      out.println(format.document(array));
      return;
    }
    Table table = new Table("TIME", "TYPE", "SUBJECT", "ACTOR", "DATA");
    for (Event e : events) {
      table.row(time(e), e.getEventType(), e.getSubject(), actor(e), data(e));
    }
    table.print(out);
  }

  /** Prints one event on one line. */
  void one(Event event) {
    out.println(format.isData() ? format.next(Json.of(event)) : line(event));
    out.flush();
  }

  private static String line(Event event) {
    return String.join("  ", time(event), event.getEventType(), event.getSubject(), data(event));
  }

  private static String time(Event event) {
    return event.hasEventTime() ? Timestamps.toString(event.getEventTime()) : "";
  }

  private static String actor(Event event) {
    return event.getActor().getPrincipal();
  }

  private static String data(Event event) {
    return event.getData().getInline().toStringUtf8();
  }
}
