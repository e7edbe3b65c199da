package io.tasklane.feature;

import io.tasklane.api.Refusal;
import io.tasklane.commit.Batch;
import io.tasklane.task.Actor;
import io.tasklane.workflow.template.PlannedWorkflow;
import java.sql.Connection;
import java.sql.SQLException;

/** Starts and cancels planned workflows, as a part of the command that runs. */
public interface PlannedStarts extends TemplateStarts {
  /**
   * A workflow that was started.
   *
   * @param key of its row
   * @param workflowId final part of its name
   */
  record Started(long key, String workflowId) {}

  /**
   * Checks a plan as its start would.
   *
   * @throws Refusal INVALID_ARGUMENT, with a field of the tree ("workflow...") or of the start from
   *     a template ("template", "inputs")
   */
  void check(Connection connection, PlannedWorkflow workflow) throws SQLException;

  /**
   * Starts it; its first tasks are created in the same transaction.
   *
   * @param principal on whose behalf
   * @throws Refusal as {@link #check}; what was written by then has to be undone
   */
  Started start(Batch batch, PlannedWorkflow workflow, String principal) throws SQLException;

  /** Cancels a workflow; one that has ended or is gone needs none of it. */
  void cancel(Batch batch, String workflowId, Actor actor) throws SQLException;

  /** Calls this in each transaction in which a workflow ends. */
  void onEnd(WorkflowListener listener);
}
