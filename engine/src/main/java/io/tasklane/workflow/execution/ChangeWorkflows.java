package io.tasklane.workflow.execution;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.task.Actor;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.decision.RefusedException;
import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.retry.FreshSteps;
import io.tasklane.workflow.state.Workflow;
import io.tasklane.workflow.state.WorkflowStatus;
import io.tasklane.workflow.store.Approvals;
import io.tasklane.workflow.store.StoreException;
import io.tasklane.workflow.store.StoredWorkflow;
import io.tasklane.workflow.store.WorkflowRecord;
import io.tasklane.workflow.store.WorkflowRows;
import io.tasklane.workflow.store.WorkflowViews;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Pauses, resumes, cancels and retries workflows, and decides about nodes that wait for approvals.
 * The result of a decision about a node shows that node alone.
 *
 * @param executions decides what follows
 */
record ChangeWorkflows(Executions executions)
    implements SingleCommand<ChangeWorkflows.Wanted, Workflow> {
  /**
   * What is asked of a workflow.
   *
   * @param workflowId final part of its name
   * @param event what is asked
   * @param actor who, and why
   */
  record Wanted(String workflowId, WorkflowEvent event, Actor actor) {}

  @Override
  public CommandOrder order() {
    return CommandOrder.CHANGE_WORKFLOWS;
  }

  @Override
  public Outcome<Workflow> executeOne(Batch batch, Wanted wanted) throws SQLException {
    Optional<WorkflowRecord> record =
        new WorkflowRows(batch.connection()).lock(wanted.workflowId());
    if (record.isEmpty()) {
      return Outcome.refused(WorkflowViews.notFound(wanted.workflowId()));
    }
    if (record.get().transaction() > batch.transaction()) {
      return Outcome.again();
    }
    Execution execution = executions.begin(batch, wanted.actor().principal());
    StoredWorkflow workflow = execution.open(record.get());
    try {
      execution.decide(workflow, wanted.event());
      if (wanted.event() instanceof WorkflowEvent.RetryRequested retry && retry.freshSteps()) {
        FreshSteps.drop(batch.connection(), workflow.id());
      }
    } catch (RefusedException refused) {
      return Outcome.refused(refusal(wanted, refused));
    } catch (StoreException failed) {
      throw failed.failure();
    }
    noteActor(batch, workflow, record.get().status(), wanted);
    executions.run(execution);
    return Outcome.done(result(batch, wanted));
  }

  private static Refusal refusal(Wanted wanted, RefusedException refused) {
    return Refusal.of(
        Refusal.Sort.FAILED_PRECONDITION,
        RefusalReason.valueOf(refused.reason().name()),
        "workflows/" + wanted.workflowId(),
        "workflows/" + wanted.workflowId() + ": " + refused.getMessage());
  }

  private static void noteActor(
      Batch batch, StoredWorkflow workflow, WorkflowStatus before, Wanted wanted)
      throws SQLException {
    WorkflowRecord after = workflow.record();
    if (wanted.event() instanceof WorkflowEvent.ApprovalDecided decided) {
      workflow.decided(decided.key(), decided.actor(), decided.approved());
      Approvals.write(batch.connection(), workflow, decided);
    } else if (wanted.event() instanceof WorkflowEvent.PauseRequested && !before.paused()) {
      workflow.replace(after.pausedBy(wanted.actor()));
    } else if (wanted.event() instanceof WorkflowEvent.CancelRequested && before.stop().isEmpty()) {
      workflow.replace(after.cancelledBy(wanted.actor()));
    }
  }

  private static Workflow result(Batch batch, Wanted wanted) throws SQLException {
    WorkflowViews views = new WorkflowViews(batch.connection());
    if (wanted.event() instanceof WorkflowEvent.ApprovalDecided decided) {
      NodeKey key = decided.key();
      return views
          .require(wanted.workflowId())
          .with(views.nodes(wanted.workflowId(), List.of(key)));
    }
    return views.require(wanted.workflowId());
  }
}
