package io.tasklane.filter;

import java.util.List;
import java.util.Optional;

/**
 * Which schedules to list: {@code disabled}, {@code queue}, {@code task_type} and {@code calendar},
 * each at most once and with {@code =}.
 *
 * @param disabled whether it is disabled
 * @param queue id of the queue of its task
 * @param taskType of its task
 * @param calendar name of its calendar
 */
public record ScheduleFilter(
    Optional<Boolean> disabled,
    Optional<String> queue,
    Optional<String> taskType,
    Optional<String> calendar) {
  /** Matches every schedule. */
  public static final ScheduleFilter ALL = parse("");

  /**
   * Parses a filter; a blank text matches every schedule.
   *
   * @throws FilterException with the position and what is allowed there
   */
  public static ScheduleFilter parse(String text) {
    Conditions conditions =
        new Conditions(
            List.of("disabled", "queue", "task_type", "calendar"),
            List.of(),
            "disabled, queue, task_type and calendar");
    for (List<Comparison> anyOf : Filter.parse(text).allOf()) {
      if (anyOf.size() > 1) {
        throw new FilterException(anyOf.get(1).position(), "OR is not allowed here: AND is");
      }
      conditions.read(anyOf.get(0));
    }
    return new ScheduleFilter(
        conditions.text("disabled").map(Boolean::valueOf),
        conditions.text("queue"),
        conditions.text("task_type"),
        conditions.text("calendar"));
  }
}
