package io.tasklane.cli.queue;

import com.google.gson.JsonArray;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.output.Json;
import io.tasklane.cli.output.OutputFormat;
import io.tasklane.cli.output.Table;
import io.tasklane.v1.Queue;
import java.io.PrintWriter;
import java.util.List;

/** How queues are printed. */
final class QueueView {
  private final PrintWriter out;
  private final OutputFormat format;

  QueueView(PrintWriter out, OutputFormat format) {
    this.out = out;
    this.format = format;
  }

  void one(Queue queue) {
    if (format.isData()) {
      out.println(format.document(Json.of(queue)));
    } else {
      table(List.of(queue));
    }
  }

  void many(List<Queue> queues) {
    if (format == OutputFormat.TABLE) {
      table(queues);
      return;
    }
    JsonArray array = new JsonArray();
    queues.forEach(queue -> array.add(Json.of(queue)));
    out.println(format.document(array));
  }

  private void table(List<Queue> queues) {
    Table table = new Table("NAME", "STATE", "CONCURRENCY", "DURABILITY", "OWNER", "SINCE");
    for (Queue q : queues) {
      table.row(
          q.getName(),
          afterPrefix(q.getState().name(), "STATE_"),
          q.getConcurrency(),
          afterPrefix(q.getDurability().name(), "DURABILITY_"),
          q.getOwnerNode(),
          pause(q));
    }
    table.print(out);
  }

  private static String pause(Queue queue) {
    if (!queue.hasPauseTime()) {
      return "";
    }
    String reason = queue.getPauseActor().getReason();
    return Timestamps.toString(queue.getPauseTime()) + (reason.isEmpty() ? "" : " " + reason);
  }

  private static String afterPrefix(String name, String prefix) {
    return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
  }
}
