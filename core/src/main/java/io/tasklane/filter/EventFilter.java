package io.tasklane.filter;

import io.tasklane.event.LogEvent;
import io.tasklane.event.TaskChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which events a subscriber wants: by {@code event_type}, {@code subject}, {@code queue}, {@code
 * task_type} and {@code state} (the one a task moved to), and by bounds of {@code event_time}. What
 * an event does not have, such as the task type of a queue's event, is different from every value.
 */
public final class EventFilter implements Predicate<LogEvent> {
  private static final Map<String, Function<LogEvent, String>> FIELDS =
      Map.of(
          "event_type", LogEvent::type,
          "subject", LogEvent::subject,
          "queue", LogEvent::queue,
          "task_type", event -> event.change().map(TaskChange::taskType).orElse(""),
          "state", event -> event.change().map(change -> change.to().name()).orElse(""));

  private static final String TIME = "event_time";

  private final List<List<Predicate<LogEvent>>> allOf = new ArrayList<>();
  private TimeRange time = TimeRange.ALWAYS;

  private EventFilter(Filter filter) {
    for (List<Comparison> anyOf : filter.allOf()) {
      if (anyOf.size() == 1 && anyOf.get(0).field().equals(TIME)) {
        time = time.narrowedBy(anyOf.get(0));
      } else {
        allOf.add(anyOf.stream().map(EventFilter::meaning).toList());
      }
    }
  }

  /**
   * Parses a filter; a blank text matches every event.
   *
   * @throws FilterException with the position and what is allowed there
   */
  public static EventFilter parse(String text) {
    return new EventFilter(Filter.parse(text));
  }

  /** When the events that it lets through happened. */
  public TimeRange time() {
    return time;
  }

  @Override
  public boolean test(LogEvent event) {
    return time.contains(event.time())
        && allOf.stream().allMatch(anyOf -> anyOf.stream().anyMatch(one -> one.test(event)));
  }

  private static Predicate<LogEvent> meaning(Comparison comparison) {
    if (comparison.field().equals(TIME)) {
      throw new FilterException(comparison.position(), "OR is not allowed with " + TIME);
    }
    Function<LogEvent, String> field = FIELDS.get(comparison.field());
    if (field == null) {
      throw new FilterException(
          comparison.position(),
          "\""
              + comparison.field()
              + "\" is not allowed here: event_type, subject, queue,"
              + " task_type, state and event_time are");
    }
    Operator operator = comparison.operator();
    if (operator.isOrder()) {
      throw comparison.takesOnly("=, != and :");
    }
    String wanted = wanted(comparison);
    return event -> operator.holds(field.apply(event), wanted);
  }

  private static String wanted(Comparison comparison) {
    boolean prefix = comparison.operator() == Operator.STARTS_WITH;
    return switch (comparison.field()) {
      case "state" ->
          prefix
              ? FilterValues.beginningOfState(comparison)
              : FilterValues.state(comparison).name();
      default -> FilterValues.text(comparison);
    };
  }
}
