package io.tasklane.cli.schedule;

import com.google.gson.JsonArray;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.output.Json;
import io.tasklane.cli.output.OutputFormat;
import io.tasklane.cli.output.Table;
import io.tasklane.v1.Actor;
import io.tasklane.v1.Schedule;
import java.io.PrintWriter;
import java.util.List;

/** How schedules are printed; all times are UTC. */
final class ScheduleView {
  private final PrintWriter out;
  private final OutputFormat format;

  ScheduleView(PrintWriter out, OutputFormat format) {
    this.out = out;
    this.format = format;
  }

  void one(Schedule schedule) {
    if (format.isData()) {
      out.println(format.document(Json.of(schedule)));
      return;
    }
    fields(schedule).print(out);
    if (schedule.getRecentRunsCount() > 0) {
      out.println();
      new RunView(out, format).many(schedule.getRecentRunsList());
    }
  }

  private static Table fields(Schedule schedule) {
    Table table = new Table("FIELD", "VALUE");
    table.row("name", schedule.getName());
    table.row("due", schedule.getDescription());
    boolean hasWorkflow = schedule.hasTemplateStart() || schedule.hasWorkflow();
    table.row(hasWorkflow ? "workflow" : "task", action(schedule));
    table.row("state", schedule.getDisabled() ? "disabled" : "enabled");
    if (schedule.hasEnableActor()) {
      table.row("enabled by", actor(schedule.getEnableActor()));
    }
    if (schedule.hasDisableActor()) {
      table.row("disabled by", actor(schedule.getDisableActor()));
    }
    table.row("next run", next(schedule));
    table.row("overlap", schedule.getOverlapPolicy().name().replace("OVERLAP_POLICY_", ""));
    table.row("clock changes", schedule.getDstPolicy().name().replace("DST_POLICY_", ""));
    table.row(
        "counts",
        schedule.getDueCount()
            + " due: "
            + schedule.getRunCount()
            + " run, "
            + schedule.getOverlapSkipCount()
            + " skipped, "
            + schedule.getClosedCount()
            + " closed, "
            + schedule.getMissedCount()
            + " missed, "
            + schedule.getPendingCount()
            + " pending");
    if (!schedule.getError().isEmpty()) {
      table.row("error", schedule.getError());
    }
    return table;
  }

  private static String action(Schedule schedule) {
    return switch (schedule.getActionCase()) {
      case TEMPLATE_START -> schedule.getTemplateStart().getTemplate();
      case WORKFLOW -> "a tree whose root is " + schedule.getWorkflow().getRoot().getNodeId();
      default -> schedule.getTask().getTaskType() + " in " + schedule.getTask().getQueue();
    };
  }

  private static String actor(Actor actor) {
    String reason = actor.getReason();
    return actor.getPrincipal() + (reason.isEmpty() ? "" : ": " + reason);
  }

  private static String next(Schedule schedule) {
    return schedule.hasNextRunTime() ? Timestamps.toString(schedule.getNextRunTime()) : "";
  }

  void many(List<Schedule> schedules) {
    if (format.isData()) {
      JsonArray array = new JsonArray();
      schedules.forEach(schedule -> array.add(Json.of(schedule)));
      out.println(format.document(array));
      return;
    }
    Table table = new Table("NAME", "STATE", "NEXT RUN", "RUN", "MISSED", "DUE");
    for (Schedule schedule : schedules) {
      table.row(
          schedule.getName(),
          schedule.getDisabled() ? "disabled" : schedule.getError().isEmpty() ? "" : "error",
          next(schedule),
          schedule.getRunCount(),
          schedule.getMissedCount(),
          schedule.getDescription());
    }
    table.print(out);
  }
}
