package io.tasklane.schedule;

import io.tasklane.feature.PlannedStarts;
import io.tasklane.task.Task;

/**
 * What a run of a schedule has created.
 *
 * @param kind what the name begins with; empty for nothing
 * @param id final part of the name
 * @param key of its row; 0 where it was not read
 */
record RunTarget(String kind, String id, long key) {
  /** Nothing yet. */
  static final RunTarget NONE = new RunTarget("", "", 0);

  private static final String TASKS = "tasks/";
  private static final String WORKFLOWS = "workflows/";

  /** SQL: the whole name, from a row of {@code schedule_run}. */
  static final String NAME =
      """
      CASE WHEN task_name = '' THEN ''
        WHEN workflow IS NULL THEN 'tasks/' || task_name
        ELSE 'workflows/' || task_name END AS target""";

  static RunTarget of(Task task) {
    return new RunTarget(TASKS, task.taskId(), task.id().value());
  }

  static RunTarget of(PlannedStarts.Started workflow) {
    return new RunTarget(WORKFLOWS, workflow.workflowId(), workflow.key());
  }

  /** From the whole name. */
  static RunTarget parse(String name) {
    int slash = name.indexOf('/') + 1;
    return new RunTarget(name.substring(0, slash), name.substring(slash), 0);
  }

  boolean isTask() {
    return kind.equals(TASKS);
  }

  boolean isWorkflow() {
    return kind.equals(WORKFLOWS);
  }

  /** Key of its row if it is a task, else null. */
  Long task() {
    return isTask() ? key : null;
  }

  /** Key of its row if it is a workflow, else null. */
  Long workflow() {
    return isWorkflow() ? key : null;
  }

  /** The whole name, empty for nothing. */
  @Override
  public String toString() {
    return kind + id;
  }
}
