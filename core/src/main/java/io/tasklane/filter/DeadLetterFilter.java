package io.tasklane.filter;

import io.tasklane.deadletter.DeadLetter;
import java.util.List;
import java.util.Optional;

/**
 * Which dead letters to list: {@code queue}, {@code failure.code}, {@code fingerprint} and {@code
 * task_type}, each at most once and with {@code =}; {@code create_time} between bounds.
 *
 * @param queue id of the queue
 * @param failureCode of the failure that ended the task
 * @param fingerprint of the cause
 * @param taskType name of the task type
 * @param createTime became a dead letter within
 */
public record DeadLetterFilter(
    Optional<String> queue,
    Optional<String> failureCode,
    Optional<String> fingerprint,
    Optional<String> taskType,
    TimeRange createTime) {

  /** Whether this dead letter matches. */
  public boolean matches(DeadLetter letter) {
    return queue.map(letter.queue()::equals).orElse(true)
        && failureCode.map(letter.failure().code()::equals).orElse(true)
        && fingerprint.map(letter.fingerprint()::equals).orElse(true)
        && taskType.map(letter.taskType()::equals).orElse(true)
        && createTime.contains(letter.createTime());
  }

  /**
   * Parses a filter; a blank text matches every dead letter.
   *
   * @throws FilterException with the position and what is allowed there
   */
  public static DeadLetterFilter parse(String text) {
    Conditions conditions =
        new Conditions(
            List.of("queue", "failure.code", "fingerprint", "task_type"),
            List.of("create_time"),
            "queue, failure.code, fingerprint, task_type and create_time");
    for (List<Comparison> anyOf : Filter.parse(text).allOf()) {
      if (anyOf.size() > 1) {
        throw new FilterException(anyOf.get(1).position(), "OR is not allowed here: AND is");
      }
      conditions.read(anyOf.get(0));
    }
    return new DeadLetterFilter(
        conditions.text("queue"),
        conditions.text("failure.code"),
        conditions.text("fingerprint"),
        conditions.text("task_type"),
        conditions.time("create_time"));
  }
}
