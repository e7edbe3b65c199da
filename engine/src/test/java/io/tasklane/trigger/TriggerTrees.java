package io.tasklane.trigger;

import io.tasklane.task.Payload;
import io.tasklane.task.TaskRequest;
import io.tasklane.workflow.compile.InvalidDefinitionException;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.TaskNode;
import io.tasklane.workflow.execution.TemplateBench;
import io.tasklane.workflow.execution.WorkflowBench;
import java.util.Map;

/** The templates that tests of triggers start. */
final class TriggerTrees {
  private TriggerTrees() {}

  /** Stores "analysis", which takes any inputs, and "picky", whose n is a number. */
  static void store(TemplateBench templates) {
    Node task =
        Node.of(
            "t",
            TaskNode.of(TaskRequest.of(WorkflowBench.QUEUE, "system.echo", Payload.json("{}"))));
    templates.store("analysis", task);
    try {
      if (templates.bench.templates.list("", 10).size() == 1) {
        templates.create(
            "picky",
            TemplateBench.spec(task, Map.of(), "{\"properties\":{\"n\":{\"type\":\"number\"}}}"));
      }
    } catch (InvalidDefinitionException invalid) {
      throw new IllegalArgumentException(invalid);
    }
  }
}
