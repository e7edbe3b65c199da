package io.tasklane.workflow.execution;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.workflow.definition.WorkflowRequest;
import io.tasklane.workflow.state.Workflow;
import io.tasklane.workflow.store.StoredWorkflow;
import io.tasklane.workflow.store.WorkflowOrigin;
import io.tasklane.workflow.store.WorkflowViews;
import io.tasklane.workflow.template.TemplateStart;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Starts workflows: each with its first tasks, in one transaction.
 *
 * @param executions decides what starts
 * @param starts writes them
 */
record StartWorkflows(Executions executions, WorkflowStarts starts)
    implements SingleCommand<StartWorkflows.Request, Workflow> {
  /** A checked request. */
  sealed interface Request {
    /** Who asks for it. */
    String principal();

    /** The name that it is to have; empty for one that is drawn. */
    Optional<String> workflowId();
  }

  /** Starts a tree. */
  record Tree(WorkflowRequest request, String principal) implements Request {
    @Override
    public Optional<String> workflowId() {
      return request.workflowId();
    }
  }

  /** Starts a version of a template. */
  record OfTemplate(TemplateStart start, String principal) implements Request {
    @Override
    public Optional<String> workflowId() {
      return start.workflowId();
    }
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.START_WORKFLOWS;
  }

  @Override
  public Outcome<Workflow> executeOne(Batch batch, Request request) throws SQLException {
    Execution execution = executions.begin(batch, request.principal());
    WorkflowStarts.Wanted wanted =
        request instanceof OfTemplate of
            ? WorkflowStarts.resolve(batch.connection(), of.start(), execution.now())
            : new WorkflowStarts.Wanted(((Tree) request).request(), WorkflowOrigin.TREE);
    Optional<StoredWorkflow> started =
        starts.start(batch.connection(), execution, wanted, request.principal(), Optional.empty());
    if (started.isEmpty()) {
      return Outcome.refused(exists(request.workflowId().orElse("")));
    }
    executions.run(execution);
    return Outcome.done(
        new WorkflowViews(batch.connection()).require(started.get().record().name()));
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
