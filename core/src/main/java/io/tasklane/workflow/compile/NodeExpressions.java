package io.tasklane.workflow.compile;

import io.tasklane.condition.ResultType;
import io.tasklane.workflow.definition.Choice;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.ForEach;
import io.tasklane.workflow.definition.NodeKind;
import io.tasklane.workflow.definition.SubWorkflow;
import io.tasklane.workflow.definition.TaskExpressions;
import io.tasklane.workflow.definition.TaskNode;
import io.tasklane.workflow.definition.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The expressions of a node, as they stand in its definition. */
final class NodeExpressions {
  /** An expression that is to be compiled. */
  record Text(ExpressionField field, String text, ResultType type) {}

  private NodeExpressions() {}

  static List<Text> of(NodeKind kind) {
    if (kind instanceof Choice choice) {
      return List.of(new Text(ExpressionField.CONDITION, choice.condition(), ResultType.BOOLEAN));
    }
    if (kind instanceof ForEach each) {
      return List.of(new Text(ExpressionField.ITEMS, each.items(), ResultType.LIST));
    }
    if (kind instanceof EventWait wait) {
      return wait.condition().stream()
          .map(text -> new Text(ExpressionField.EVENT, text, ResultType.BOOLEAN))
          .toList();
    }
    if (kind instanceof Timer timer) {
      return timer.until().stream()
          .map(text -> new Text(ExpressionField.UNTIL, text, ResultType.TIME))
          .toList();
    }
    if (kind instanceof SubWorkflow sub) {
      return each(sub.inputs(), ExpressionField::workflowInput, ResultType.ANY);
    }
    return kind instanceof TaskNode task ? of(task.expressions()) : List.of();
  }

  private static List<Text> of(TaskExpressions task) {
    List<Text> all = new ArrayList<>(each(task.input(), ExpressionField::input, ResultType.ANY));
    task.priority()
        .ifPresent(text -> all.add(new Text(ExpressionField.PRIORITY, text, ResultType.INTEGER)));
    task.orderingKey()
        .ifPresent(
            text -> all.add(new Text(ExpressionField.ORDERING_KEY, text, ResultType.STRING)));
    all.addAll(each(task.labels(), ExpressionField::label, ResultType.STRING));
    task.runAfter()
        .ifPresent(text -> all.add(new Text(ExpressionField.RUN_AFTER, text, ResultType.TIME)));
    return all;
  }

  private static List<Text> each(
      Map<String, String> texts, Function<String, ExpressionField> field, ResultType type) {
    return new TreeMap<>(texts)
        .entrySet().stream()
            .map(entry -> new Text(field.apply(entry.getKey()), entry.getValue(), type))
            .toList();
  }
}
