package io.tasklane.cli.command;

import com.google.protobuf.util.Durations;
import io.tasklane.v1.Timeouts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The time limits beside that of one attempt, as options of tasks and of queues. */
public final class LimitOptions {
  @Option(
      names = "--queue-timeout",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "How long a task may be QUEUED before its first start; 0s for no limit.")
  private Duration queueTimeout;

  @Option(
      names = "--total-timeout",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "Time limit of all attempts and the waits between them; 0s for no limit.")
  private Duration totalTimeout;

  @Option(
      names = "--cancel-grace",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "How long a cancelled run has before it is interrupted.")
  private Duration cancelGrace;

  /** Sets what was given. */
  public void addTo(Timeouts.Builder timeouts) {
    if (queueTimeout != null) {
      timeouts.setQueueTimeout(Durations.fromMillis(queueTimeout.toMillis()));
    }
    if (totalTimeout != null) {
      timeouts.setTotalTimeout(Durations.fromMillis(totalTimeout.toMillis()));
    }
    if (cancelGrace != null) {
      timeouts.setCancelGrace(Durations.fromMillis(cancelGrace.toMillis()));
    }
  }

  /** Names what was given, as fields of Timeouts. */
  public List<String> given() {
    List<String> fields = new ArrayList<>();
    if (queueTimeout != null) {
      fields.add("queue_timeout");
    }
    if (totalTimeout != null) {
      fields.add("total_timeout");
    }
    if (cancelGrace != null) {
      fields.add("cancel_grace");
    }
    return fields;
  }
}
