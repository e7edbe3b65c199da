package io.tasklane.cli.top;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.queue.QueueName;
import io.tasklane.v1.QueueStats;
import io.tasklane.v1.RunningTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** More on the chosen queue: depth by priority, rates, and all tasks that run. */
final class TopDetails {
  private TopDetails() {}

  /**
   * The lines, the most important first.
   *
   * @param chosen place of the chosen task among those that run
   */
  static List<String> lines(String name, QueueStats stats, int chosen, Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add(QueueName.shortened(name) + "  waiting by priority  " + byPriority(stats));
    lines.add(figures(stats));
    List<RunningTask> running = stats.getRunningList();
    for (int i = 0; i < running.size(); i++) {
      // The chosen task comes first, so that it is seen however many run.
      RunningTask task = running.get((chosen + i) % running.size());
      String mark = i == 0 ? "  * " : "    ";
      lines.add(mark + TopRow.running(task, now) + "  " + task.getTaskType());
    }
    if (running.isEmpty()) {
      lines.add("    nothing runs");
    }
    return lines;
  }

  private static String byPriority(QueueStats stats) {
    TreeMap<Integer, Long> depths = new TreeMap<>(Comparator.reverseOrder());
    depths.putAll(stats.getDepthByPriorityMap());
    return depths.isEmpty()
        ? "none"
        : depths.entrySet().stream()
            .map(each -> each.getKey() + ": " + TopRow.number(each.getValue()))
            .collect(Collectors.joining("  "));
  }

  private static String figures(QueueStats stats) {
    StringBuilder line = new StringBuilder("    starts ");
    line.append(String.format(java.util.Locale.ROOT, "%.1f/s", stats.getDispatchRate()));
    if (stats.hasOldestAge()) {
      line.append("  oldest ").append(TopRow.span(Durations.toSeconds(stats.getOldestAge())));
    }
    if (stats.hasRunDurationP50()) {
      line.append("  run p50 ").append(millis(stats.getRunDurationP50()));
    }
    if (stats.hasRunDurationP95()) {
      line.append(" p95 ").append(millis(stats.getRunDurationP95()));
    }
    if (stats.hasEmptyTimeEstimate()) {
      line.append("  empty ").append(Timestamps.toString(stats.getEmptyTimeEstimate()));
    }
    if (stats.getDeadLetterCount() > 0) {
      line.append("  dead letters ").append(stats.getDeadLetterCount());
    }
    return line.toString();
  }

  private static String millis(com.google.protobuf.Duration span) {
    return Durations.toMillis(span) + "ms";
  }
}
