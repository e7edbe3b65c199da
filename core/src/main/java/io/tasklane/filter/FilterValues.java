package io.tasklane.filter;

import io.tasklane.task.state.TaskState;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Parses the values that several filters share. */
final class FilterValues {
  private static final String STATE_PREFIX = "STATE_";
  private static final String QUEUE_PREFIX = "queues/";

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

  /** The id of a queue, given by its id or by its full name. */
  static String queue(Comparison comparison) {
    String value = comparison.value();
    return value.startsWith(QUEUE_PREFIX) ? value.substring(QUEUE_PREFIX.length()) : value;
  }

  /** A priority, 1 to 10. */
  static String priority(Comparison comparison) {
    if (!comparison.value().matches("[1-9]|10")) {
      throw comparison.refused("1 to 10");
    }
    return comparison.value();
  }

  private static String allStates() {
    return Arrays.stream(TaskState.values()).map(Enum::name).collect(Collectors.joining(", "));
  }
}
