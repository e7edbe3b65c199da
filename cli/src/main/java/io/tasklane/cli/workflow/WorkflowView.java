package io.tasklane.cli.workflow;

import com.google.gson.JsonArray;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.output.Json;
import io.tasklane.cli.output.OutputFormat;
import io.tasklane.cli.output.Table;
import io.tasklane.v1.Workflow;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** How workflows are printed. */
final class WorkflowView {
  private static final Set<Workflow.State> ENDS =
      EnumSet.of(
          Workflow.State.STATE_SUCCEEDED,
          Workflow.State.STATE_FAILED,
          Workflow.State.STATE_CANCELLED);
  private static final String PREFIX = "STATE_";

  private final PrintWriter out;
  private final OutputFormat format;

  WorkflowView(PrintWriter out, OutputFormat format) {
    this.out = out;
    this.format = format;
  }

  /** A workflow with its tree. */
  void one(Workflow workflow) {
    if (format.isData()) {
      out.println(format.document(Json.of(workflow)));
    } else if (format == OutputFormat.MERMAID) {
      WorkflowDiagram.lines(workflow).forEach(out::println);
    } else {
      new WorkflowTree(workflow.getRoot(), workflow.getNodeStatusesList())
          .lines(workflow)
          .forEach(out::println);
    }
  }

  /** A line for each. */
  void many(List<Workflow> workflows) {
    if (format.isData()) {
      JsonArray array = new JsonArray();
      workflows.forEach(workflow -> array.add(Json.of(workflow)));
      out.println(format.document(array));
      return;
    }
    Table table = new Table("NAME", "STATE", "RUN", "STARTED", "FAILURE");
    for (Workflow workflow : workflows) {
      table.row(
          workflow.getName(),
          label(workflow),
          workflow.getRun(),
          Timestamps.toString(workflow.getCreateTime()),
          workflow.getFailure().getCode());
    }
    table.print(out);
  }

  /** Its state as people know it. */
  static String label(Workflow workflow) {
    return label(workflow.getState().name()) + (workflow.getPaused() ? ", paused" : "");
  }

  static String label(String state) {
    return state.startsWith(PREFIX) ? state.substring(PREFIX.length()) : state;
  }

  /** Whether it will not change by itself any more. */
  static boolean isEnded(Workflow workflow) {
    return ENDS.contains(workflow.getState());
  }

  /** The exit code of a workflow that has ended. */
  static ExitCode exitCode(Workflow workflow) {
    return workflow.getState() == Workflow.State.STATE_SUCCEEDED
        ? ExitCode.FINE
        : ExitCode.TASK_FAILED;
  }
}
