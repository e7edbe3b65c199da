package io.tasklane.cli.workflow;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.output.Table;
import io.tasklane.v1.NodeForecast;
import io.tasklane.v1.WorkflowForecast;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A forecast in plain English, with a table of the nodes that are left. */
final class ForecastLines {
  private final WorkflowForecast forecast;

  ForecastLines(WorkflowForecast forecast) {
    this.forecast = forecast;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (!forecast.getNoForecastReason().isEmpty()) {
      lines.add("ends: unknown, " + forecast.getNoForecastReason());
    } else {
      lines.add(
          "ends: about "
              + Timestamps.toString(forecast.getEndTimeP50())
              + ", and with a probability of 90 % by "
              + Timestamps.toString(forecast.getEndTimeP90()));
      lines.add("misses its deadline: " + percent(forecast.getDeadlineMissProbability()));
      lines.add("critical path: " + path());
    }
    forecast.getAssumptionsList().forEach(what -> lines.add("assumed: " + what));
    if (forecast.getNodesCount() > 0) {
      lines.addAll(nodes());
    }
    return lines;
  }

  private String path() {
    return String.join(
        " > ", forecast.getCriticalPathList().stream().map(NodeForecast::getNodeId).toList());
  }

  private List<String> nodes() {
    Table table =
        new Table("NODE", "WAIT P50", "RUN P50", "ENDS P50", "ENDS P90", "SLACK", "CRITICAL");
    for (NodeForecast node : forecast.getNodesList()) {
      table.row(
          node.getNodeId(),
          seconds(node.getWaitP50()),
          seconds(node.getRunP50()),
          Timestamps.toString(node.getEndTimeP50()),
          Timestamps.toString(node.getEndTimeP90()),
          seconds(node.getSlack()),
          percent(node.getCriticality()));
    }
    return table.lines();
  }

  private static String percent(double share) {
    return Math.round(100 * share) + " %";
  }

  private static String seconds(com.google.protobuf.Duration span) {
    return String.format(Locale.ROOT, "%.3fs", Durations.toMillis(span) / 1000.0);
  }
}
