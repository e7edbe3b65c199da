package io.tasklane.cli.schedule;

import com.google.gson.JsonArray;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.output.Json;
import io.tasklane.cli.output.OutputFormat;
import io.tasklane.cli.output.Table;
import io.tasklane.v1.PreviewScheduleResponse;
import io.tasklane.v1.PreviewedRun;
import io.tasklane.v1.ScheduleRun;
import io.tasklane.v1.Task;
import java.io.PrintWriter;
import java.util.List;

/** How runs of schedules are printed, those that were and those that will be; times are UTC. */
final class RunView {
  private final PrintWriter out;
  private final OutputFormat format;

  RunView(PrintWriter out, OutputFormat format) {
    this.out = out;
    this.format = format;
  }

  void many(List<ScheduleRun> runs) {
    if (format.isData()) {
      JsonArray array = new JsonArray();
      runs.forEach(run -> array.add(Json.of(run)));
      out.println(format.document(array));
      return;
    }
    Table table = new Table("SCHEDULED", "CAUSE", "OUTCOME", "TARGET", "ENDED", "WHY");
    for (ScheduleRun run : runs) {
      table.row(
          Timestamps.toString(run.getScheduledTime()),
          run.getCause().name().replace("CAUSE_", ""),
          run.getOutcome().name().replace("OUTCOME_", ""),
          run.getTarget(),
          run.getEndState() == Task.State.STATE_UNSPECIFIED
              ? ""
              : run.getEndState().name().replace("STATE_", ""),
          run.getExplanation());
    }
    table.print(out);
  }

  void preview(PreviewScheduleResponse preview) {
    if (format.isData()) {
      out.println(format.document(Json.of(preview)));
      return;
    }
    Table table = new Table("SCHEDULED", "VERDICT", "WHY");
    for (PreviewedRun run : preview.getRunsList()) {
      table.row(
          Timestamps.toString(run.getScheduledTime()),
          run.getVerdict().name().replace("VERDICT_", ""),
          run.getExplanation());
    }
    table.print(out);
    if (!preview.getEnding().isEmpty()) {
      out.println(preview.getEnding());
    }
  }
}
