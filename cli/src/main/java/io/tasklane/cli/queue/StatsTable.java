package io.tasklane.cli.queue;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.output.Table;
import io.tasklane.v1.QueueStats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of queues, one line each. */
final class StatsTable {
  private static final String[] HEADINGS = {
    "QUEUE", "WAITING", "RUNNING", "SUCCEEDED", "FAILED", "DONE/S", "OLDEST", "RUN P50", "RUN P95"
  };

  private StatsTable() {}

  /**
   * Lines of a table, and below it why it is not known when queues are empty.
   *
   * @param empty whether it shows when queues are empty
   */
  static List<String> lines(Map<String, QueueStats> stats, boolean empty) {
    if (!empty) {
      return of(stats).lines();
    }
    List<String> lines = new ArrayList<>(withEmptyTimes(stats).lines());
    stats.forEach(
        (name, figures) -> {
          if (!figures.getNoEmptyTimeReason().isEmpty()) {
            lines.add(
                QueueName.shortened(name)
                    + " is empty at an unknown time: "
                    + figures.getNoEmptyTimeReason());
          }
        });
    return lines;
  }

  private static Table of(Map<String, QueueStats> stats) {
    Table table = new Table(HEADINGS);
    stats.forEach((name, figures) -> table.row(cells(name, figures).toArray()));
    return table;
  }

  private static Table withEmptyTimes(Map<String, QueueStats> stats) {
    String[] headings = Arrays.copyOf(HEADINGS, HEADINGS.length + 2);
    headings[HEADINGS.length] = "EMPTY P50";
    headings[HEADINGS.length + 1] = "EMPTY P90";
    Table table = new Table(headings);
    stats.forEach(
        (name, figures) -> {
          List<Object> cells = cells(name, figures);
          cells.add(time(figures, figures.hasEmptyTimeP50(), figures.getEmptyTimeP50()));
          cells.add(time(figures, figures.hasEmptyTimeP90(), figures.getEmptyTimeP90()));
          table.row(cells.toArray());
        });
    return table;
  }

  private static String time(QueueStats figures, boolean known, Timestamp time) {
    if (figures.getDepth() == 0 && known) {
      return "now";
    }
    return known ? Timestamps.toString(time) : "unknown";
  }

  private static List<Object> cells(String name, QueueStats figures) {
    return new ArrayList<>(
        List.of(
            QueueName.shortened(name),
            figures.getDepth(),
            figures.getCountByStateOrDefault("RUNNING", 0),
            figures.getCountByStateOrDefault("SUCCEEDED", 0),
            figures.getCountByStateOrDefault("FAILED", 0),
            String.format(Locale.ROOT, "%.1f", figures.getSuccessRate()),
            seconds(figures.hasOldestAge(), figures.getOldestAge()),
            seconds(figures.hasRunDurationP50(), figures.getRunDurationP50()),
            seconds(figures.hasRunDurationP95(), figures.getRunDurationP95())));
  }

  private static String seconds(boolean known, com.google.protobuf.Duration span) {
    return known ? String.format(Locale.ROOT, "%.3fs", Durations.toMillis(span) / 1000.0) : "";
  }
}
