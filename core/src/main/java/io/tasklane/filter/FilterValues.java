package io.tasklane.filter;

import io.tasklane.naming.Labels;
import io.tasklane.task.state.TaskState;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Parses the values that several filters share. */
final class FilterValues {
  private static final String STATE_PREFIX = "STATE_";
  private static final String QUEUES = "queues/";
  private static final String CALENDARS = "calendars/";

  /** How the subjects of Tasklane's own events begin, and what follows. */
  private static final Map<String, ValuePattern> OWN_SUBJECTS =
      Map.of(
          "tasks/",
          ValuePattern.TASK_ID,
          "deadLetters/",
          ValuePattern.TASK_ID,
          QUEUES,
          ValuePattern.QUEUE);

  private FilterValues() {}

  /** A state, with or without its prefix on the wire. */
  static TaskState state(Comparison comparison) {
    String value = comparison.value();
    String name = value.startsWith(STATE_PREFIX) ? value.substring(STATE_PREFIX.length()) : value;
    return Arrays.stream(TaskState.values())
        .filter(state -> state.name().equals(name))
        .findFirst()
        .orElseThrow(() -> comparison.refused(allStates()));
  }

  /**
   * The value of a text field that its field can have.
   *
   * @throws FilterException with what is allowed, for one that could never match
   */
  static String text(Comparison comparison) {
    return switch (comparison.field()) {
      case "queue" -> queue(comparison);
      case "priority" -> priority(comparison);
      case "task_type" -> of(ValuePattern.TASK_TYPE, comparison);
      case "failure.code" -> of(ValuePattern.FAILURE_CODE, comparison);
      case "fingerprint" -> of(ValuePattern.FINGERPRINT, comparison);
      case "event_type" -> of(ValuePattern.EVENT_TYPE, comparison);
      case "subject" -> subject(comparison);
      case "disabled" -> truth(comparison);
      case "calendar" -> calendar(comparison);
      default -> throw new IllegalStateException("nothing is known of " + comparison.field());
    };
  }

  /** The value of a label, whose key is checked too. */
  static String label(Comparison comparison, String key) {
    if (!Labels.isKey(key)) {
      throw new FilterException(
          comparison.position(),
          "labels."
              + key
              + " is not allowed: keys of labels are a letter, then letters, digits, _ and -, at"
              + " most 63 characters");
    }
    return of(ValuePattern.LABEL, comparison);
  }

  /**
   * The beginning of a state's name.
   *
   * @throws FilterException where no state begins so
   */
  static String beginningOfState(Comparison comparison) {
    String value = comparison.value();
    boolean begins =
        Arrays.stream(TaskState.values()).anyMatch(state -> state.name().startsWith(value));
    if (value.isEmpty() || !begins) {
      throw comparison.refused("the beginning of " + allStates());
    }
    return value;
  }

  private static String of(ValuePattern pattern, Comparison comparison) {
    return pattern.requireIn(comparison, comparison.value());
  }

  /** The id of a queue, given by its id or by its full name. */
  private static String queue(Comparison comparison) {
    String value = comparison.value();
    boolean full = value.startsWith(QUEUES);
    return ValuePattern.QUEUE.requireIn(
        comparison, full ? value.substring(QUEUES.length()) : value);
  }

  /**
   * The name of what an event happened to. Of Tasklane's own resources the final part is checked;
   * others have whatever name their producer gives them.
   */
  private static String subject(Comparison comparison) {
    String value = of(ValuePattern.SUBJECT, comparison);
    int star = value.indexOf('*');
    if (star >= 0) {
      throw comparison.refused(
          "* is no wildcard; subject : \""
              + value.substring(0, star)
              + "\" matches all that begin so");
    }
    OWN_SUBJECTS.forEach((prefix, pattern) -> requireId(comparison, prefix, pattern));
    return value;
  }

  private static void requireId(Comparison comparison, String prefix, ValuePattern pattern) {
    String value = comparison.value();
    boolean prefixAlone =
        comparison.operator() == Operator.STARTS_WITH && value.length() == prefix.length();
    if (value.startsWith(prefix) && !prefixAlone) {
      pattern.requireIn(comparison, value.substring(prefix.length()));
    }
  }

  private static String truth(Comparison comparison) {
    if (!comparison.value().matches("true|false")) {
      throw comparison.refused("true or false");
    }
    return comparison.value();
  }

  /** The name of a calendar, given by its final part or as a whole. */
  private static String calendar(Comparison comparison) {
    String value = comparison.value();
    boolean full = value.startsWith(CALENDARS);
    return ValuePattern.CALENDAR.requireIn(
        comparison, full ? value.substring(CALENDARS.length()) : value);
  }

  private static String priority(Comparison comparison) {
    if (!comparison.value().matches("[1-9]|10")) {
      throw comparison.refused("1 to 10");
    }
    return comparison.value();
  }

  private static String allStates() {
    return Arrays.stream(TaskState.values()).map(Enum::name).collect(Collectors.joining(", "));
  }
}
