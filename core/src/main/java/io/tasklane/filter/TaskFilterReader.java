package io.tasklane.filter;

import io.tasklane.task.state.TaskState;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Collects what the alternatives of a task filter say, and refuses what a list does not support.
 */
final class TaskFilterReader {
  private static final String LABELS = "labels.";

  private final Set<TaskState> states = EnumSet.noneOf(TaskState.class);
  private final Map<String, String> labels = new HashMap<>();
  private final Conditions conditions =
      new Conditions(
          List.of("queue", "task_type", "priority", "failure.code"),
          List.of("create_time", "end_time"),
          "state, queue, task_type, priority, labels.KEY, create_time, end_time and failure.code");

  TaskFilter filter() {
    Map<String, String> pairs = new HashMap<>();
    labels.forEach((field, value) -> pairs.put(field.substring(LABELS.length()), value));
    Optional<Integer> priority = conditions.text("priority").map(Integer::valueOf);
    return new TaskFilter(
        states,
        conditions.text("queue"),
        conditions.text("task_type"),
        priority,
        pairs,
        conditions.time("create_time"),
        conditions.time("end_time"),
        conditions.text("failure.code"));
  }

  void read(List<Comparison> anyOf) {
    Comparison first = anyOf.get(0);
    if (first.field().equals("state")) {
      readStates(anyOf);
    } else if (anyOf.size() > 1) {
      throw new FilterException(anyOf.get(1).position(), "OR is allowed between states only");
    } else if (first.field().startsWith(LABELS) && first.field().length() > LABELS.length()) {
      String key = first.field().substring(LABELS.length());
      Conditions.keep(first, FilterValues.label(Conditions.requireEquals(first), key), labels);
    } else {
      conditions.read(first);
    }
  }

  private void readStates(List<Comparison> anyOf) {
    if (!states.isEmpty()) {
      throw anyOf.get(0).twice();
    }
    for (Comparison comparison : anyOf) {
      if (!comparison.field().equals("state")) {
        throw new FilterException(comparison.position(), "OR is allowed between states only");
      }
      states.add(FilterValues.state(Conditions.requireEquals(comparison)));
    }
  }
}
