package io.tasklane.cli.worker;

import com.google.gson.JsonArray;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.output.Json;
import io.tasklane.cli.output.OutputFormat;
import io.tasklane.cli.output.Table;
import io.tasklane.v1.Worker;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** How workers are printed. */
final class WorkerView {
  private static final String STATE = "STATE_";
  private static final long MIB = 1024L * 1024;
  private static final int PERCENT = 100;

  private final PrintWriter out;
  private final OutputFormat format;

  WorkerView(PrintWriter out, OutputFormat format) {
    this.out = out;
    this.format = format;
  }

  void one(Worker worker) {
    if (format.isData()) {
      out.println(format.document(Json.of(worker)));
    } else {
      table(List.of(worker));
    }
  }

  void many(List<Worker> workers) {
    if (format == OutputFormat.TABLE) {
      table(workers);
      return;
    }
    JsonArray array = new JsonArray();
    workers.forEach(worker -> array.add(Json.of(worker)));
    out.println(format.document(array));
  }

  private void table(List<Worker> workers) {
    Table table =
        new Table("WORKER", "STATE", "SLOTS", "CPU", "MEMORY", "HEARD", "TYPES", "HOST", "RUNNING");
    for (Worker worker : workers) {
      table.row(
          worker.getName().replace("workers/", ""),
          worker.getState().name().replace(STATE, ""),
          worker.getBusySlots() + "/" + worker.getSlots(),
          String.format(Locale.ROOT, "%.0f%%", worker.getCpuLoad() * PERCENT),
          worker.getMemoryBytes() / MIB + " MiB",
          Timestamps.toString(worker.getHeartbeatTime()),
          String.join(",", worker.getTaskTypesList()),
          worker.getHost(),
          String.join(",", worker.getRunningTasksList()));
    }
    table.print(out);
  }
}
