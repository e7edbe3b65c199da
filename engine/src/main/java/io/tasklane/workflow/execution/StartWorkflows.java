package io.tasklane.workflow.execution;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.workflow.decision.RefusedException;
import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.definition.WorkflowRequest;
import io.tasklane.workflow.state.Workflow;
import io.tasklane.workflow.store.StoreException;
import io.tasklane.workflow.store.StoredWorkflow;
import io.tasklane.workflow.store.WorkflowRows;
import io.tasklane.workflow.store.WorkflowViews;
import java.sql.SQLException;
import java.util.function.Supplier;

/**
 * Starts workflows: each with its first tasks, in one transaction.
 *
 * @param executions decides what starts
 * @param names draws names for workflows whose client chose none
 */
record StartWorkflows(Executions executions, Supplier<String> names)
    implements SingleCommand<StartWorkflows.Start, Workflow> {
  /**
   * A checked request.
   *
   * @param request what to start
   * @param principal who asks for it
   */
  record Start(WorkflowRequest request, String principal) {}

  @Override
  public CommandOrder order() {
    return CommandOrder.START_WORKFLOWS;
  }

  @Override
  public Outcome<Workflow> executeOne(Batch batch, Start start) throws SQLException {
    WorkflowRows rows = new WorkflowRows(batch.connection());
    String name = start.request().workflowId().orElseGet(names);
    if (!rows.insert(rows.nextId(), name, start.request(), start.principal())) {
      return Outcome.refused(exists(name));
    }
    Execution execution = executions.begin(batch, start.principal());
    StoredWorkflow workflow = execution.open(rows.lock(name).orElseThrow());
    workflow.started();
    try {
      execution.decide(workflow, new WorkflowEvent.WorkflowStarted());
    } catch (RefusedException impossible) {
      throw new IllegalStateException(impossible);
    } catch (StoreException failed) {
      throw failed.failure();
    }
    executions.run(execution);
    return Outcome.done(new WorkflowViews(batch.connection()).require(name));
  }

  /** The refusal of a workflow whose name is taken. */
  static Refusal exists(String name) {
    return Refusal.about(
        Refusal.Sort.ALREADY_EXISTS,
        RefusalReason.WORKFLOW_EXISTS,
        "workflows/" + name,
        "exists already; choose another workflow_id or leave it empty");
  }
}
