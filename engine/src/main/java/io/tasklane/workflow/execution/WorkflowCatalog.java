package io.tasklane.workflow.execution;

import io.tasklane.queue.admin.QueueDirectory;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.type.Handlers;
import io.tasklane.workflow.compile.Catalog;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a definition may name on this node.
 *
 * @param queues that exist
 * @param handlers whose types exist
 */
record WorkflowCatalog(QueueDirectory queues, Handlers handlers) implements Catalog {
  @Override
  public boolean queue(String queue) {
    return queues.find(queue).filter(found -> !found.isDeleted()).isPresent();
  }

  @Override
  public boolean taskType(String queue, String taskType) {
    return handlers
        .find(taskType)
        .map(TaskHandler::type)
        .filter(type -> type.isAcceptedBy(queue))
        .isPresent();
  }

  @Override
  public boolean template(String template, OptionalInt version) {
    return false; // no service stores templates yet
  }

  @Override
  public Set<String> templatesIn(String template) {
    return Set.of();
  }
}
