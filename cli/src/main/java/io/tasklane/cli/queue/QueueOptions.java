package io.tasklane.cli.queue;

import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Durations;
import io.tasklane.cli.command.LimitOptions;
import io.tasklane.cli.command.TimeSpan;
import io.tasklane.cli.command.WholeNumber.Attempts;
import io.tasklane.v1.Queue;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a queue orders its tasks and what it gives them, as options. */
final class QueueOptions {
  @Mixin private PolicyOptions policy;

  @Option(
      names = "--max-attempts",
      paramLabel = "N",
      converter = Attempts.class,
      description = "Attempts of a task, the first included: 1 to 100. New queues: 4.")
  private Integer maximumAttempts;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "Time limit of one attempt, for example 90s or 5m. New queues: 1h.")
  private Duration attemptTimeout;

  @Mixin private LimitOptions limits;

  @Option(
      names = "--result-ttl",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "How long results are kept. New queues: 24h.")
  private Duration resultTtl;

  /** Sets what was given. */
  void addTo(Queue.Builder queue) {
    policy.addTo(queue);
    if (maximumAttempts != null) {
      queue.getDefaultRetryPolicyBuilder().setMaximumAttempts(maximumAttempts);
    }
    if (attemptTimeout != null) {
      queue
          .getDefaultTimeoutsBuilder()
          .setAttemptTimeout(Durations.fromMillis(attemptTimeout.toMillis()));
    }
    if (!limits.given().isEmpty()) {
      limits.addTo(queue.getDefaultTimeoutsBuilder());
    }
    if (resultTtl != null) {
      queue.setDefaultResultTtl(Durations.fromMillis(resultTtl.toMillis()));
    }
  }

  /** Names what was given. */
  FieldMask mask() {
    FieldMask.Builder mask = FieldMask.newBuilder();
    policy.addTo(mask);
    if (maximumAttempts != null) {
      mask.addPaths("default_retry_policy.maximum_attempts");
    }
    if (attemptTimeout != null) {
      mask.addPaths("default_timeouts.attempt_timeout");
    }
    limits.given().forEach(field -> mask.addPaths("default_timeouts." + field));
    if (resultTtl != null) {
      mask.addPaths("default_result_ttl");
    }
    return mask.build();
  }
}
