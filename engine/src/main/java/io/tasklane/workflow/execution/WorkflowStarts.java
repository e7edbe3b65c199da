package io.tasklane.workflow.execution;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.naming.Labels;
import io.tasklane.task.Actor;
import io.tasklane.workflow.catalog.InputSchema;
import io.tasklane.workflow.catalog.TemplatePins;
import io.tasklane.workflow.catalog.TemplateRows;
import io.tasklane.workflow.decision.RefusedException;
import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.definition.WorkflowRequest;
import io.tasklane.workflow.store.StoreException;
import io.tasklane.workflow.store.StoredWorkflow;
import io.tasklane.workflow.store.WorkflowInputs;
import io.tasklane.workflow.store.WorkflowOrigin;
import io.tasklane.workflow.store.WorkflowRecord;
import io.tasklane.workflow.store.WorkflowRows;
import io.tasklane.workflow.template.TemplateStart;
import io.tasklane.workflow.template.WorkflowTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Starts workflows within a command: of a tree, or of a template.
 *
 * @param names draws names for workflows whose client chose none
 */
record WorkflowStarts(Supplier<String> names) {
  /**
   * What is to be started, and what it comes from.
   *
   * @param request the whole workflow
   * @param origin its template, if it has one
   */
  record Wanted(WorkflowRequest request, WorkflowOrigin origin) {}

  /**
   * What a start from a template starts.
   *
   * @param now from which a deadline is computed
   * @throws Refusal TEMPLATE_UNKNOWN, INPUT_SCHEMA, INVALID_FIELD, PAYLOAD_TOO_LARGE
   */
  static Wanted resolve(Connection connection, TemplateStart start, Instant now)
      throws SQLException {
    WorkflowTemplate template =
        new TemplateRows(connection)
            .find(start.template())
            .orElseThrow(
                () ->
                    Refusal.invalid(
                        RefusalReason.TEMPLATE_UNKNOWN,
                        "template",
                        start.template() + " does not exist"));
    WorkflowRequest request = template.spec().request(start, now);
    InputSchema.check(template, WorkflowInputs.text(request.inputs()));
    requireFewLabels(request);
    return new Wanted(request, WorkflowOrigin.of(template.reference()));
  }

  private static void requireFewLabels(WorkflowRequest request) {
    int labels = request.definition().labels().size();
    if (labels > Labels.MAX_PAIRS) {
      throw Refusal.invalid(
          RefusalReason.INVALID_FIELD,
          "workflow.labels",
          "with those of the template there are "
              + labels
              + " labels: at most "
              + Labels.MAX_PAIRS
              + " are allowed");
    }
  }

  /**
   * Starts it; its first tasks are created when the execution runs.
   *
   * @param paused who has paused what it is part of; empty if that is not paused
   * @return the workflow; empty where its name is taken, and then nothing was written
   */
  Optional<StoredWorkflow> start(
      Connection connection,
      Execution execution,
      Wanted wanted,
      String principal,
      Optional<Actor> paused)
      throws SQLException {
    WorkflowRows rows = new WorkflowRows(connection);
    String name = wanted.request().workflowId().orElseGet(names);
    long id = rows.nextId();
    if (!rows.insert(id, name, wanted.request(), wanted.origin(), principal)) {
      return Optional.empty();
    }
    if (wanted.origin().outer().isEmpty()) {
      new TemplatePins(connection).write(id, wanted.request().definition());
    }
    StoredWorkflow workflow = execution.open(rows.lock(name).orElseThrow());
    workflow.started();
    if (paused.isPresent()) {
      WorkflowRecord record = workflow.record();
      workflow.replace(record.with(record.status().paused(true)).pausedBy(paused.get()));
    }
    try {
      execution.decide(workflow, new WorkflowEvent.WorkflowStarted());
    } catch (RefusedException impossible) {
      throw new IllegalStateException(impossible);
    } catch (StoreException failed) {
      throw failed.failure();
    }
    return Optional.of(workflow);
  }
}
