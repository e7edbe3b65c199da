package io.tasklane.step;

import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import java.time.Duration;
import java.util.Optional;

/** What a run says about one of its steps. */
public sealed interface StepReport {
  /**
   * Its body has returned.
   *
   * @param result what it returned, inline or as a reference; empty for nothing
   * @param outside whether the reference stands for the result, which was too large to be inline
   * @param bytes size of the result
   * @param took how long the body ran
   */
  record Succeeded(Optional<Payload> result, boolean outside, long bytes, Duration took)
      implements StepReport {}

  /**
   * Its body has failed.
   *
   * @param failure why
   * @param failedTries how often it has failed in this attempt, 1 or more
   * @param backoff until it is tried again in this attempt; empty where it is not
   * @param took how long the body ran
   */
  record Failed(Failure failure, int failedTries, Optional<Duration> backoff, Duration took)
      implements StepReport {}

  /**
   * It sleeps, from its first report on.
   *
   * @param duration how long, 0 or more
   */
  record Sleeps(Duration duration) implements StepReport {}

  /**
   * It waits for an event, from its first report on.
   *
   * @param eventType exact, or a prefix that ends in ".*"
   * @param condition CEL, empty for any event of the type
   * @param timeout how long at most, more than 0
   */
  record Awaits(String eventType, String condition, Duration timeout) implements StepReport {}
}
