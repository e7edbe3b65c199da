package io.tasklane.forecast;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.json.JsonValue;
import io.tasklane.workflow.catalog.TemplateRows;
import io.tasklane.workflow.definition.WorkflowRequest;
import io.tasklane.workflow.state.WorkflowStatus;
import io.tasklane.workflow.store.WorkflowInputs;
import io.tasklane.workflow.store.WorkflowViews;
import io.tasklane.workflow.template.TemplateStart;
import io.tasklane.workflow.template.WorkflowTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/** Forecasts of workflows from what the database knows of them. */
record WorkflowForecasts(Connection connection) {
  /** The same question about the same state has the same answer. */
  private static final long SEED = 1;

  private static final long MOST_NODES = 100_000;
  private static final double NANOS = 1e9;

  WorkflowForecast of(String workflowId) throws SQLException {
    WorkflowRow workflow =
        WorkflowRow.find(connection, workflowId)
            .orElseThrow(() -> WorkflowViews.notFound(workflowId));
    if (workflow.state().isEnded()) {
      throw Refusal.precondition(
          RefusalReason.WORKFLOW_ENDED,
          "workflows/" + workflowId,
          "has ended, " + workflow.state());
    }
    return of(workflow);
  }

  WorkflowForecast of(WorkflowRequest request) throws SQLException {
    Object inputs = JsonValue.stored(WorkflowInputs.text(request.inputs()));
    return of(WorkflowRow.unstarted(request.definition(), inputs, request.deadlineTime(), 0));
  }

  WorkflowForecast of(TemplateStart start, Instant now) throws SQLException {
    WorkflowTemplate template =
        new TemplateRows(connection)
            .find(start.template())
            .orElseThrow(
                () ->
                    Refusal.invalid(
                        RefusalReason.TEMPLATE_UNKNOWN,
                        "template",
                        start.template() + " does not exist"));
    return of(template.spec().request(start, now));
  }

  private WorkflowForecast of(WorkflowRow workflow) throws SQLException {
    Instant now = now();
    PlanContext context = new PlanContext(new KnownValues(connection, now));
    WorkflowOutlook outlook = outlook(workflow, context);
    return new WorkflowForecast(now, outlook, context.assumptions(), workflow.revision());
  }

  private WorkflowOutlook outlook(WorkflowRow workflow, PlanContext context) throws SQLException {
    if (workflow.state() == WorkflowStatus.State.CANCELLING) {
      return WorkflowOutlook.missing("it is being cancelled", 0);
    }
    if (workflow.paused()) {
      return WorkflowOutlook.missing("it is paused", 0);
    }
    ForecastNode root = new WorkflowPlan(workflow, context, "").root();
    if (!context.missing().isEmpty()) {
      return WorkflowOutlook.missing(context.missing(), 0);
    }
    Optional<Double> deadline =
        workflow
            .deadline()
            .map(time -> Duration.between(context.values().now(), time).toNanos() / NANOS);
    ForecastInput input =
        new ForecastInput(
            root,
            context.outlooks(),
            context.history(),
            deadline.map(OptionalDouble::of).orElse(OptionalDouble.empty()));
    return input.size() > MOST_NODES
        ? WorkflowOutlook.missing("it has more than " + MOST_NODES + " nodes left", 0)
        : WorkflowForecaster.forecast(input, new SplittableRandom(SEED));
  }

  private Instant now() throws SQLException {
    return NamedSql.on(connection, "SELECT clock_timestamp() AS now")
        .one(row -> Rows.instant(row, "now").orElseThrow());
  }
}
