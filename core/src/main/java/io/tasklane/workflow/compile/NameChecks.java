package io.tasklane.workflow.compile;

import io.tasklane.workflow.compile.DefinitionFault.Reason;
import io.tasklane.workflow.definition.NodeKind;
import io.tasklane.workflow.definition.QueueRun;
import io.tasklane.workflow.definition.SubWorkflow;
import io.tasklane.workflow.definition.TaskNode;
import java.util.List;

/** Checks that what a node names exists. */
final class NameChecks {
  private NameChecks() {}

  static List<DefinitionFault> of(Placement at, Catalog catalog) {
    NodeKind kind = at.node().kind();
    if (kind instanceof TaskNode task) {
      String queue = task.request().queue();
      String type = task.request().taskType();
      if (!catalog.queue(queue)) {
        return List.of(queueUnknown(at, "task.queue", queue));
      }
      return catalog.taskType(queue, type)
          ? List.of()
          : List.of(
              new DefinitionFault(
                  at.path() + ".task.task_type",
                  Reason.TASK_TYPE_UNKNOWN,
                  "the queue " + queue + " takes no tasks of the type \"" + type + "\""));
    }
    if (kind instanceof QueueRun run && !catalog.queue(run.queue())) {
      return List.of(queueUnknown(at, "queue_run.queue", run.queue()));
    }
    if (kind instanceof SubWorkflow sub && !catalog.template(sub.template(), sub.version())) {
      String version = sub.version().isPresent() ? " of version " + sub.version().getAsInt() : "";
      return List.of(
          new DefinitionFault(
              at.path() + ".workflow.template",
              Reason.TEMPLATE_UNKNOWN,
              "there is no template \"" + sub.template() + "\"" + version));
    }
    return List.of();
  }

  private static DefinitionFault queueUnknown(Placement at, String field, String queue) {
    return new DefinitionFault(
        at.path() + "." + field, Reason.QUEUE_UNKNOWN, "there is no queue \"" + queue + "\"");
  }
}
