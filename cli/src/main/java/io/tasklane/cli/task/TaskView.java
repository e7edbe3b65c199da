package io.tasklane.cli.task;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.output.Json;
import io.tasklane.cli.output.OutputFormat;
import io.tasklane.cli.output.ProgressBar;
import io.tasklane.cli.output.Table;
import io.tasklane.v1.GetTaskResponse;
import io.tasklane.v1.Progress;
import io.tasklane.v1.Task;
import java.io.PrintWriter;
import java.util.List;

/** How tasks are printed: one by one, as a list, or as one line of a watch. */
public final class TaskView {
  private final PrintWriter out;
  private final OutputFormat format;

  /** Prints there, in this format. */
  public TaskView(PrintWriter out, OutputFormat format) {
    this.out = out;
    this.format = format;
  }

  /** Prints everything an operator asks about one task. */
  public void one(Task task) {
    if (format.isData()) {
      out.println(format.document(Json.of(task)));
      return;
    }
    new TaskFields(task).table().print(out);
  }

  /** Prints the same with its steps. */
  void one(GetTaskResponse found) {
    if (format.isData()) {
      JsonObject task = Json.of(found.getTask()).getAsJsonObject();
      if (found.getStepsCount() > 0) {
        JsonArray steps = new JsonArray();
        found.getStepsList().forEach(step -> steps.add(Json.of(step)));
        task.add("steps", steps);
      }
      out.println(format.document(task));
      return;
    }
    one(found.getTask());
    if (found.getStepsCount() > 0) {
      out.println();
      StepTable.of(found.getStepsList()).print(out);
    }
  }

  /** Prints a list in the order given. */
  void many(List<Task> tasks) {
    if (format.isData()) {
      JsonArray array = new JsonArray();
      tasks.forEach(task -> array.add(Json.of(task)));
      out.println(format.document(array));
      return;
    }
    Table table = new Table("NAME", "QUEUE", "TYPE", "PRIORITY", "STATE", "CREATED");
    for (Task t : tasks) {
      table.row(t.getName(), t.getQueue(), t.getTaskType(), t.getPriority(), state(t), created(t));
    }
    table.print(out);
  }

  /** Prints one change on one line. */
  void change(Task task) {
    out.println(format.isData() ? format.next(Json.of(task)) : line(task));
    out.flush();
  }

  private String line(Task task) {
    StringBuilder line = new StringBuilder(task.getName()).append("  ").append(state(task));
    if (task.getAttempt() > 0) {
      line.append("  attempt ").append(task.getAttempt());
    }
    if (task.hasProgress()) {
      Progress now = task.getProgress();
      String bar =
          now.getTotalUnits() > 0
              ? ProgressBar.of(out, now.getCompletedUnits(), now.getTotalUnits())
              : "";
      line.append("  ").append(bar).append(progress(now));
    }
    if (task.hasFailure()) {
      line.append("  ").append(failure(task));
    }
    return line.toString();
  }

  private static String state(Task task) {
    return TaskStates.label(task.getState());
  }

  private static String created(Task task) {
    return task.hasCreateTime() ? Timestamps.toString(task.getCreateTime()) : "";
  }

  private static String failure(Task task) {
    return task.getFailure().getCode() + ": " + task.getFailure().getMessage();
  }

  static String progress(Progress progress) {
    String of = progress.getTotalUnits() > 0 ? "/" + progress.getTotalUnits() : "";
    return (progress.getCompletedUnits()
            + of
            + " "
            + progress.getCurrentUnit()
            + " "
            + progress.getMessage()
            + " "
            + progress.getDetails())
        .strip();
  }
}
