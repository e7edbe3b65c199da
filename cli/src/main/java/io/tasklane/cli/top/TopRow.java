package io.tasklane.cli.top;

import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.queue.QueueName;
import io.tasklane.v1.QueueStats;
import io.tasklane.v1.RunningTask;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The line of a queue. */
final class TopRow {
  private static final String FORMAT = "%-16s %-8s %6s %4s %5s %5s %5s %-8s %s";

  /** What stands above the lines. */
  static final String HEADING =
      "  "
          + FORMAT.formatted(
              "QUEUE", "STATE", "WAIT", "RUN", "IN/S", "OK/S", "BAD/S", "OWNER", "RUNS");

  private TopRow() {}

  static String of(String name, QueueStats stats, Instant now) {
    return FORMAT.formatted(
        cut(QueueName.shortened(name), 16),
        cut(state(stats), 8),
        number(stats.getDepth()),
        number(stats.getCountByStateOrDefault("RUNNING", 0)),
        rate(stats.getAddRate()),
        rate(stats.getSuccessRate()),
        rate(stats.getFailureRate()),
        cut(stats.getOwnerNode().isEmpty() ? "none" : stats.getOwnerNode(), 8),
        stats.getRunningCount() == 0 ? "" : running(stats.getRunning(0), now));
  }

  /** A task that runs: its name, and for how long. */
  static String running(RunningTask task, Instant now) {
    long seconds =
        Duration.between(Instant.ofEpochMilli(Timestamps.toMillis(task.getStartTime())), now)
            .toSeconds();
    return task.getName().replaceFirst("^tasks/", "") + " " + span(Math.max(0, seconds));
  }

  /** A time span in at most five characters. */
  static String span(long seconds) {
    if (seconds < 120) {
      return seconds + "s";
    }
    return seconds < 7_200 ? seconds / 60 + "m" : seconds / 3_600 + "h";
  }

  private static String state(QueueStats stats) {
    String name = stats.getQueueState().name();
    return name.equals("STATE_UNSPECIFIED") ? "" : name.substring("STATE_".length());
  }

  private static String rate(double rate) {
    return String.format(Locale.ROOT, rate < 100 ? "%.1f" : "%.0f", rate);
  }

  /** A count in at most five characters. */
  static String number(long count) {
    if (count < 100_000) {
      return Long.toString(count);
    }
    return count < 100_000_000 ? count / 1_000 + "k" : count / 1_000_000 + "M";
  }

  /** A text of at most so many characters. */
  static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "~";
  }
}
