package io.tasklane.cli.trigger;

import com.google.gson.JsonArray;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.output.Json;
import io.tasklane.cli.output.OutputFormat;
import io.tasklane.cli.output.Table;
import io.tasklane.v1.Trigger;
import java.io.PrintWriter;
import java.util.List;

/** How triggers are printed. */
final class TriggerView {
  private final PrintWriter out;
  private final OutputFormat format;

  TriggerView(PrintWriter out, OutputFormat format) {
    this.out = out;
    this.format = format;
  }

  void one(Trigger trigger) {
    if (format.isData()) {
      out.println(format.document(Json.of(trigger)));
      return;
    }
    table(List.of(trigger));
    if (trigger.hasLastFault()) {
      out.println("last fault: " + trigger.getLastFault().getMessage());
    }
  }

  void many(List<Trigger> triggers) {
    if (format == OutputFormat.TABLE) {
      table(triggers);
      return;
    }
    JsonArray array = new JsonArray();
    triggers.forEach(trigger -> array.add(Json.of(trigger)));
    out.println(format.document(array));
  }

  private void table(List<Trigger> triggers) {
    Table table =
        new Table("NAME", "EVENTS OF", "STARTS", "ENABLED", "SEEN", "STARTED", "FAULTS", "LAST");
    for (Trigger trigger : triggers) {
      table.row(
          trigger.getName(),
          trigger.getEventType(),
          trigger.getTemplate(),
          trigger.getDisabled() ? "no" : "yes",
          trigger.getEventCount(),
          trigger.getStartCount(),
          trigger.getFaultCount() + trigger.getLoopCount(),
          trigger.hasLastStartTime() ? Timestamps.toString(trigger.getLastStartTime()) : "");
    }
    table.print(out);
  }
}
