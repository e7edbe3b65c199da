package io.tasklane.task;

import io.tasklane.commit.Batch;
import io.tasklane.feature.PlannedStarts;
import io.tasklane.feature.WorkflowListener;
import io.tasklane.workflow.template.PlannedWorkflow;
import java.sql.Connection;
import java.util.Map;

/** For tests of schedules of tasks: whoever asks for a workflow here has gone wrong. */
final class NoWorkflows implements PlannedStarts {
  @Override
  public boolean exists(Connection connection, String template) {
    throw new AssertionError(template);
  }

  @Override
  public String start(Batch batch, String template, Map<String, Payload> inputs, String principal) {
    throw new AssertionError(template);
  }

  @Override
  public void check(Connection connection, PlannedWorkflow workflow) {
    throw new AssertionError(workflow);
  }

  @Override
  public Started start(Batch batch, PlannedWorkflow workflow, String principal) {
    throw new AssertionError(workflow);
  }

  @Override
  public void cancel(Batch batch, String workflowId, Actor actor) {
    throw new AssertionError(workflowId);
  }

  @Override
  public void onEnd(WorkflowListener listener) {}
}
