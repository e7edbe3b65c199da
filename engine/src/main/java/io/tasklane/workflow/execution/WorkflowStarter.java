package io.tasklane.workflow.execution;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Batch;
import io.tasklane.feature.PlannedStarts;
import io.tasklane.feature.WorkflowListener;
import io.tasklane.task.Actor;
import io.tasklane.task.Payload;
import io.tasklane.workflow.catalog.TemplateRows;
import io.tasklane.workflow.catalog.WorkflowCatalog;
import io.tasklane.workflow.compile.DefinitionFault;
import io.tasklane.workflow.compile.InvalidDefinitionException;
import io.tasklane.workflow.compile.WorkflowCompiler;
import io.tasklane.workflow.decision.RefusedException;
import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.store.StoreException;
import io.tasklane.workflow.store.StoredWorkflow;
import io.tasklane.workflow.store.WorkflowInputs;
import io.tasklane.workflow.store.WorkflowOrigin;
import io.tasklane.workflow.store.WorkflowRecord;
import io.tasklane.workflow.store.WorkflowRows;
import io.tasklane.workflow.template.PlannedWorkflow;
import io.tasklane.workflow.template.TemplateReference;
import io.tasklane.workflow.template.TemplateStart;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts and cancels workflows for other features.
 *
 * @param executions decides what follows
 * @param starts writes workflows
 * @param catalog what trees may name
 */
record WorkflowStarter(Executions executions, WorkflowStarts starts, WorkflowCatalog catalog)
    implements PlannedStarts {
  @Override
  public boolean exists(Connection connection, String template) throws SQLException {
    return new TemplateRows(connection).find(TemplateReference.parse(template)).isPresent();
  }

  @Override
  public String start(Batch batch, String template, Map<String, Payload> inputs, String principal)
      throws SQLException {
    TemplateReference reference = TemplateReference.parse(template);
    return start(batch, new PlannedWorkflow.OfTemplate(reference, inputs), principal).workflowId();
  }

  @Override
  public void check(Connection connection, PlannedWorkflow workflow) throws SQLException {
    wanted(connection, workflow, Instant.EPOCH);
  }

  @Override
  public Started start(Batch batch, PlannedWorkflow workflow, String principal)
      throws SQLException {
    Execution execution = executions.begin(batch, principal);
    WorkflowStarts.Wanted wanted = wanted(batch.connection(), workflow, execution.now());
    StoredWorkflow started =
        starts
            .start(batch.connection(), execution, wanted, principal, Optional.empty())
            .orElseThrow(() -> new IllegalStateException("a drawn name was taken"));
    executions.run(execution);
    return new Started(started.id(), started.record().name());
  }

  private WorkflowStarts.Wanted wanted(Connection connection, PlannedWorkflow workflow, Instant now)
      throws SQLException {
    if (workflow instanceof PlannedWorkflow.OfTemplate of) {
      return WorkflowStarts.resolve(connection, TemplateStart.of(of.template(), of.inputs()), now);
    }
    PlannedWorkflow.Tree tree = (PlannedWorkflow.Tree) workflow;
    try {
      WorkflowInputs.text(tree.spec().inputs());
      WorkflowCompiler.check(tree.spec().definition(), Optional.empty(), catalog.on(connection));
    } catch (InvalidDefinitionException invalid) {
      throw refusal(invalid);
    } catch (StoreException failed) {
      throw failed.failure();
    }
    return new WorkflowStarts.Wanted(tree.request(now), WorkflowOrigin.TREE);
  }

  private static Refusal refusal(InvalidDefinitionException invalid) {
    DefinitionFault first = invalid.faults().get(0);
    RefusalReason reason =
        switch (first.reason()) {
          case QUEUE_UNKNOWN -> RefusalReason.QUEUE_UNKNOWN;
          case TASK_TYPE_UNKNOWN -> RefusalReason.TASK_TYPE_UNKNOWN;
          case TEMPLATE_UNKNOWN -> RefusalReason.TEMPLATE_UNKNOWN;
          default -> RefusalReason.INVALID_FIELD;
        };
    String field = "workflow." + first.path();
    int more = invalid.faults().size() - 1;
    return Refusal.invalid(
        reason,
        field,
        field + ": " + first.problem() + (more == 0 ? "" : "; there are " + more + " more faults"));
  }

  @Override
  public void cancel(Batch batch, String workflowId, Actor actor) throws SQLException {
    Optional<WorkflowRecord> record = new WorkflowRows(batch.connection()).lock(workflowId);
    if (record.isEmpty() || record.get().status().state().isEnded()) {
      return;
    }
    Execution execution = executions.begin(batch, actor.principal());
    execution.open(List.of(record.get().id()));
    StoredWorkflow workflow = execution.opened(record.get().id()).orElseThrow();
    try {
      execution.decide(workflow, new WorkflowEvent.CancelRequested(actor));
    } catch (RefusedException refused) {
      return; // it is being cancelled already
    } catch (StoreException failed) {
      throw failed.failure();
    }
    if (record.get().status().stop().isEmpty()) {
      workflow.replace(workflow.record().cancelledBy(actor));
    }
    executions.run(execution);
  }

  @Override
  public void onEnd(WorkflowListener listener) {
    executions.onEnd(listener);
  }
}
