package io.tasklane.cli.task;

import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.output.Table;
import io.tasklane.v1.Blocker;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskExplanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** An explanation in plain English: what keeps the task, and what would clear that. */
final class ExplanationLines {
  private static final Set<Task.State> ENDED =
      Set.of(
          Task.State.STATE_SUCCEEDED,
          Task.State.STATE_FAILED,
          Task.State.STATE_CANCELLED,
          Task.State.STATE_SKIPPED);

  private final TaskExplanation explanation;

  ExplanationLines(TaskExplanation explanation) {
    this.explanation = explanation;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(explanation.getTask() + " is " + TaskStates.label(explanation.getState()) + ends());
    if (waits()) {
      if (explanation.getBlockersCount() > 0) {
        lines.addAll(blockers());
      }
      lines.add("tasks ahead: " + many(explanation.getTasksAhead()));
      lines.add("starts: " + start());
    }
    return lines;
  }

  private boolean waits() {
    return !ENDED.contains(explanation.getState())
        && explanation.getState() != Task.State.STATE_RUNNING
        && explanation.getState() != Task.State.STATE_CANCELLING;
  }

  private String ends() {
    if (ENDED.contains(explanation.getState())) {
      return ": it has ended";
    }
    if (!waits()) {
      return ": it has started";
    }
    return explanation.getBlockersCount() == 0
        ? ", and nothing keeps it from starting: it is the next of its queue"
        : ", and waits for this, in order:";
  }

  private List<String> blockers() {
    Table table = new Table("", "WAITS FOR", "CLEARS");
    int number = 1;
    for (Blocker blocker : explanation.getBlockersList()) {
      BlockerText text = BlockerText.of(blocker);
      table.row(number++, text.what(), text.clears());
    }
    return table.lines();
  }

  /** The server counts no further. */
  static String many(int tasks) {
    return tasks >= 100_000 ? tasks + " or more" : Integer.toString(tasks);
  }

  private String start() {
    if (!explanation.hasStartTimeP50()) {
      return "unknown, " + explanation.getNoEstimateReason();
    }
    return "about "
        + Timestamps.toString(explanation.getStartTimeP50())
        + ", and with a probability of 90 % by "
        + Timestamps.toString(explanation.getStartTimeP90());
  }
}
