package io.tasklane.workflow.execution;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Etag;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.workflow.state.Workflow;
import io.tasklane.workflow.store.WorkflowRecord;
import io.tasklane.workflow.store.WorkflowRows;
import io.tasklane.workflow.store.WorkflowViews;
import java.sql.SQLException;
import java.util.Optional;

/** Deletes workflows that have ended, with their nodes. Their tasks stay. */
record DeleteWorkflows() implements SingleCommand<DeleteWorkflows.Delete, Workflow> {
  /**
   * Which workflow.
   *
   * @param workflowId final part of its name
   * @param etag of the version to delete; empty for any
   */
  record Delete(String workflowId, Optional<String> etag) {}

  @Override
  public CommandOrder order() {
    return CommandOrder.DELETE_WORKFLOWS;
  }

  @Override
  public Outcome<Workflow> executeOne(Batch batch, Delete delete) throws SQLException {
    WorkflowRows rows = new WorkflowRows(batch.connection());
    Optional<WorkflowRecord> record = rows.lock(delete.workflowId());
    if (record.isEmpty()) {
      return Outcome.refused(WorkflowViews.notFound(delete.workflowId()));
    }
    Workflow workflow = new WorkflowViews(batch.connection()).require(delete.workflowId());
    Etag.check(workflow.name(), workflow.etag(), delete.etag());
    if (!workflow.status().state().isEnded()) {
      return Outcome.refused(
          Refusal.precondition(
              RefusalReason.WORKFLOW_NOT_ENDED,
              workflow.name(),
              "is " + workflow.status().state() + " and cannot be deleted: cancel it first"));
    }
    rows.delete(record.get().id());
    return Outcome.done(workflow);
  }
}
