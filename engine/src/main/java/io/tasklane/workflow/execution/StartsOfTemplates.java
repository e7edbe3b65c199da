package io.tasklane.workflow.execution;

import io.tasklane.commit.Batch;
import io.tasklane.commit.Outcome;
import io.tasklane.feature.TemplateStarts;
import io.tasklane.task.Payload;
import io.tasklane.workflow.catalog.TemplateRows;
import io.tasklane.workflow.state.Workflow;
import io.tasklane.workflow.template.TemplateReference;
import io.tasklane.workflow.template.TemplateStart;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * Starts workflows from templates for other features.
 *
 * @param starts starts them
 */
record StartsOfTemplates(StartWorkflows starts) implements TemplateStarts {
  @Override
  public boolean exists(Connection connection, String template) throws SQLException {
    return new TemplateRows(connection).find(TemplateReference.parse(template)).isPresent();
  }

  @Override
  public String start(Batch batch, String template, Map<String, Payload> inputs, String principal)
      throws SQLException {
    TemplateStart start = TemplateStart.of(TemplateReference.parse(template), inputs);
    Outcome<Workflow> outcome =
        starts.executeOne(batch, new StartWorkflows.OfTemplate(start, principal));
    if (outcome instanceof Outcome.Refused<Workflow> refused) {
      throw refused.refusal();
    }
    return ((Outcome.Done<Workflow>) outcome).result().workflowId();
  }
}
