package io.tasklane.workflow.run;

import io.tasklane.condition.Expression;
import io.tasklane.task.Priority;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.compile.ExpressionField;
import io.tasklane.workflow.decision.TaskStart;
import io.tasklane.workflow.definition.TaskNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Works out the task of a node: expression before what is passed before literal. */
final class TaskStarts {
  private final DecisionBuilder decision;
  private final ExpressionContext context;

  TaskStarts(DecisionBuilder decision, ExpressionContext context) {
    this.decision = decision;
    this.context = context;
  }

  TaskStart of(NodeKey key, TaskNode node) throws ExpressionContext.FaultException {
    Map<String, Object> input = new TreeMap<>();
    Map<String, String> labels = new TreeMap<>();
    for (Map.Entry<ExpressionField, Expression> entry :
        decision.workflow.expressions(key.nodeId()).entrySet()) {
      ExpressionField field = entry.getKey();
      if (field.equals(ExpressionField.input(field.key()))) {
        input.put(field.key(), context.value(key, field));
      } else if (field.equals(ExpressionField.label(field.key()))) {
        labels.put(field.key(), (String) context.value(key, field));
      }
    }
    return new TaskStart(
        node.request(),
        input,
        node.expressions().input().isEmpty() ? context.passed(key) : Optional.empty(),
        priority(key, node),
        value(key, ExpressionField.ORDERING_KEY).map(String.class::cast),
        labels,
        value(key, ExpressionField.RUN_AFTER).map(time -> Instant.parse((String) time)));
  }

  private Priority priority(NodeKey key, TaskNode node) throws ExpressionContext.FaultException {
    Optional<Object> computed = value(key, ExpressionField.PRIORITY);
    if (computed.isEmpty()) {
      return node.priority().or(decision.workflow.definition()::priority).orElse(Priority.DEFAULT);
    }
    long value = (Long) computed.get();
    if (value < 1 || value > 10) {
      throw new ExpressionContext.FaultException(
          "EXPRESSION", ExpressionField.PRIORITY + ": " + value + " is not allowed: 1 to 10 are");
    }
    return new Priority((int) value);
  }

  private Optional<Object> value(NodeKey key, ExpressionField field)
      throws ExpressionContext.FaultException {
    return decision.workflow.expression(key.nodeId(), field).isPresent()
        ? Optional.of(context.value(key, field))
        : Optional.empty();
  }
}
