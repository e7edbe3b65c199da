package io.tasklane.cli.queue;

import com.google.protobuf.util.Durations;
import io.tasklane.cli.output.Table;
import io.tasklane.v1.QueueStats;
import java.util.Locale;
import java.util.Map;

/** The figures of queues, one line each. */
final class StatsTable {
  private StatsTable() {}

  static Table of(Map<String, QueueStats> stats) {
    Table table =
        new Table(
            "QUEUE",
            "WAITING",
            "RUNNING",
            "SUCCEEDED",
            "FAILED",
            "DONE/S",
            "OLDEST",
            "RUN P50",
            "RUN P95");
    stats.forEach((name, figures) -> row(table, name, figures));
    return table;
  }

  private static void row(Table table, String name, QueueStats figures) {
    table.row(
        QueueName.shortened(name),
        figures.getDepth(),
        figures.getCountByStateOrDefault("RUNNING", 0),
        figures.getCountByStateOrDefault("SUCCEEDED", 0),
        figures.getCountByStateOrDefault("FAILED", 0),
        String.format(Locale.ROOT, "%.1f", figures.getSuccessRate()),
        seconds(figures.hasOldestAge(), figures.getOldestAge()),
        seconds(figures.hasRunDurationP50(), figures.getRunDurationP50()),
        seconds(figures.hasRunDurationP95(), figures.getRunDurationP95()));
  }

  private static String seconds(boolean known, com.google.protobuf.Duration span) {
    return known ? String.format(Locale.ROOT, "%.3fs", Durations.toMillis(span) / 1000.0) : "";
  }
}
