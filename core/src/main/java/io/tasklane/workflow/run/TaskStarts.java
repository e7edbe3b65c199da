package io.tasklane.workflow.run;

import io.tasklane.condition.Expression;
import io.tasklane.task.Priority;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.compile.Slot;
import io.tasklane.workflow.definition.TaskNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Works out the task of a node: expression before what is passed before literal. */
final class TaskStarts {
  private final Draft draft;
  private final Scope scope;

  TaskStarts(Draft draft, Scope scope) {
    this.draft = draft;
    this.scope = scope;
  }

  TaskStart of(NodeKey key, TaskNode node) throws Scope.FaultException {
    Map<String, Object> input = new TreeMap<>();
    Map<String, String> labels = new TreeMap<>();
    for (Map.Entry<Slot, Expression> entry : draft.flow.expressions(key.nodeId()).entrySet()) {
      Slot slot = entry.getKey();
      if (slot.equals(Slot.input(slot.key()))) {
        input.put(slot.key(), scope.value(key, slot));
      } else if (slot.equals(Slot.label(slot.key()))) {
        labels.put(slot.key(), (String) scope.value(key, slot));
      }
    }
    return new TaskStart(
        node.request(),
        input,
        node.expressions().input().isEmpty() ? scope.passed(key) : Optional.empty(),
        priority(key, node),
        value(key, Slot.ORDERING_KEY).map(String.class::cast),
        labels,
        value(key, Slot.RUN_AFTER).map(time -> Instant.parse((String) time)));
  }

  private Priority priority(NodeKey key, TaskNode node) throws Scope.FaultException {
    Optional<Object> computed = value(key, Slot.PRIORITY);
    if (computed.isEmpty()) {
      return node.priority().or(draft.flow.definition()::priority).orElse(Priority.DEFAULT);
    }
    long value = (Long) computed.get();
    if (value < 1 || value > 10) {
      throw new Scope.FaultException(
          "EXPRESSION", Slot.PRIORITY + ": " + value + " is not allowed: 1 to 10 are");
    }
    return new Priority((int) value);
  }

  private Optional<Object> value(NodeKey key, Slot slot) throws Scope.FaultException {
    return draft.flow.expression(key.nodeId(), slot).isPresent()
        ? Optional.of(scope.value(key, slot))
        : Optional.empty();
  }
}
