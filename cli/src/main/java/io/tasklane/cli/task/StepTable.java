package io.tasklane.cli.task;

import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.output.Table;
import io.tasklane.v1.TaskStep;
import java.util.List;

/** Steps of a task, one line each. */
final class StepTable {
  private StepTable() {}

  static Table of(List<TaskStep> steps) {
    Table table = new Table("STEP", "STATE", "STARTED", "ENDED", "BYTES", "FAILURE");
    steps.forEach(step -> row(table, step));
    return table;
  }

  private static void row(Table table, TaskStep step) {
    table.row(
        step.getName(),
        step.getState().name().replace("STATE_", ""),
        Timestamps.toString(step.getStartTime()),
        end(step),
        step.getResultSizeBytes(),
        step.hasFailure()
            ? step.getFailure().getCode() + ": " + step.getFailure().getMessage()
            : "");
  }

  private static String end(TaskStep step) {
    if (step.hasEndTime()) {
      return Timestamps.toString(step.getEndTime());
    }
    return step.hasDueTime() ? "due " + Timestamps.toString(step.getDueTime()) : "";
  }
}
