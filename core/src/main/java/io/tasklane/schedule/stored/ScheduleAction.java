package io.tasklane.schedule.stored;

import io.tasklane.task.TaskRequest;
import io.tasklane.workflow.template.PlannedWorkflow;
import java.util.Optional;

/** What a schedule does each time it is due. */
public sealed interface ScheduleAction {
  /**
   * Creates a task, each time under another name.
   *
   * @param task without a name and without start conditions
   */
  record Create(TaskRequest task) implements ScheduleAction {}

  /**
   * Starts a workflow, each time under another name.
   *
   * @param workflow what it consists of, or which template it is started from
   */
  record Start(PlannedWorkflow workflow) implements ScheduleAction {}

  /** The task that it creates; empty if it starts a workflow. */
  default Optional<TaskRequest> createdTask() {
    return this instanceof Create create ? Optional.of(create.task()) : Optional.empty();
  }
}
