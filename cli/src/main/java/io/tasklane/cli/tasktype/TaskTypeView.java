package io.tasklane.cli.tasktype;

import com.google.gson.JsonArray;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.output.Json;
import io.tasklane.cli.output.OutputFormat;
import io.tasklane.cli.output.Table;
import io.tasklane.v1.TaskType;
import java.io.PrintWriter;
import java.util.List;

/** How task types are printed. */
final class TaskTypeView {
  private final PrintWriter out;
  private final OutputFormat format;

  TaskTypeView(PrintWriter out, OutputFormat format) {
    this.out = out;
    this.format = format;
  }

  void one(TaskType type) {
    if (format.isData()) {
      out.println(format.document(Json.of(type)));
    } else {
      table(List.of(type));
    }
  }

  void many(List<TaskType> types) {
    if (format == OutputFormat.TABLE) {
      table(types);
      return;
    }
    JsonArray array = new JsonArray();
    types.forEach(type -> array.add(Json.of(type)));
    out.println(format.document(array));
  }

  private void table(List<TaskType> types) {
    Table table = new Table("TYPE", "REVISION", "QUEUES", "EXECUTED BY", "UPDATED", "DESCRIPTION");
    for (TaskType type : types) {
      table.row(
          type.getTaskType(),
          Long.toString(type.getRevision()),
          type.getQueuesCount() == 0
              ? "all"
              : String.join(",", type.getQueuesList()).replace("queues/", ""),
          type.getBuiltIn() ? "server" : type.getWorkerCount() + " workers",
          Timestamps.toString(type.getUpdateTime()),
          type.getDescription());
    }
    table.print(out);
  }
}
