package io.tasklane.ingress.format;

import java.time.Instant;
import java.util.Optional;

/**
 * What a message says beside its body.
 *
 * @param priority of JMS, 0 to 9
 * @param group JMSXGroupID, which becomes the ordering key
 * @param deliveryTime before which the task must not start
 * @param expiration after which it must not start
 * @param queue property "queue": the task's queue, where the body does not say it
 * @param taskType property "task_type": then the whole body is the input
 */
public record MessageHeaders(
    int priority,
    Optional<String> group,
    Optional<Instant> deliveryTime,
    Optional<Instant> expiration,
    Optional<String> queue,
    Optional<String> taskType) {
  /** Those of a message that says nothing. */
  public static final MessageHeaders NONE =
      new MessageHeaders(
          4,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
}
