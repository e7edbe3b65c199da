package io.tasklane.filter;

import io.tasklane.task.TaskState;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers what the alternatives of a task filter say, and refuses what a list cannot ask for. */
final class TaskFilterReader {
  private static final String LABELS = "labels.";

  private final Set<TaskState> states = EnumSet.noneOf(TaskState.class);
  private final Map<String, String> values = new HashMap<>();
  private final Map<String, String> labels = new HashMap<>();

  Set<TaskState> states() {
    return states;
  }

  Map<String, String> values() {
    return values;
  }

  Map<String, String> labels() {
    return labels;
  }

  void read(List<Comparison> anyOf) {
    Comparison first = anyOf.get(0);
    if (first.field().equals("state")) {
      readStates(anyOf);
    } else if (anyOf.size() > 1) {
      throw new FilterException(anyOf.get(1).position(), "OR is allowed between states only");
    } else {
      readValue(first);
    }
  }

  private void readStates(List<Comparison> anyOf) {
    if (!states.isEmpty()) {
      throw twice(anyOf.get(0));
    }
    for (Comparison comparison : anyOf) {
      if (!comparison.field().equals("state")) {
        throw new FilterException(comparison.position(), "OR is allowed between states only");
      }
      states.add(FilterValues.state(requireEquals(comparison)));
    }
  }

  private void readValue(Comparison comparison) {
    String field = requireEquals(comparison).field();
    boolean isLabel = field.startsWith(LABELS) && field.length() > LABELS.length();
    String before =
        isLabel
            ? labels.put(field.substring(LABELS.length()), comparison.value())
            : values.put(field, value(comparison));
    if (before != null) {
      throw twice(comparison);
    }
  }

  private static String value(Comparison comparison) {
    return switch (comparison.field()) {
      case "queue" -> FilterValues.queue(comparison);
      case "task_type" -> comparison.value();
      case "priority" -> priority(comparison);
      default ->
          throw new FilterException(
              comparison.position(),
              "\""
                  + comparison.field()
                  + "\" is not allowed here: state, queue, task_type,"
                  + " priority and labels.KEY are");
    };
  }

  private static String priority(Comparison comparison) {
    if (!comparison.value().matches("[1-9]|10")) {
      throw comparison.refused("1 to 10");
    }
    return comparison.value();
  }

  private static Comparison requireEquals(Comparison comparison) {
    if (comparison.operator() != Operator.EQUALS) {
      throw new FilterException(
          comparison.position(),
          comparison.field() + " takes = only, not " + comparison.operator().symbol());
    }
    return comparison;
  }

  private static FilterException twice(Comparison comparison) {
    return new FilterException(
        comparison.position(), comparison.field() + " stands twice: once is allowed");
  }
}
