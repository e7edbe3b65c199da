package io.tasklane.forecast;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.feature.EngineContext;
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

/** Says when workflows end and queues are empty, and how queues would do with other settings. */
public class ForecastService {
  /** The same question about the same state has the same answer. */
  private static final long SEED = 1;

  private static final long MOST_NODES = 100_000;
  private static final double NANOS = 1e9;

  private final EngineContext engine;

  /** For subclasses, such as test doubles of the edges. */
  protected ForecastService() {
    this(null);
  }

  /** The service of an engine. */
  public ForecastService(EngineContext engine) {
    this.engine = engine;
  }

  /**
   * When a workflow ends that was started.
   *
   * @param workflowId final part of its name
   * @throws Refusal NOT_FOUND: WORKFLOW_NOT_FOUND; FAILED_PRECONDITION: WORKFLOW_ENDED
   */
  public WorkflowForecast forecast(String workflowId) {
    return engine
        .database()
        .with(
            c -> {
              WorkflowRow workflow =
                  WorkflowRow.find(c, workflowId)
                      .orElseThrow(() -> WorkflowViews.notFound(workflowId));
              if (workflow.state().isEnded()) {
                throw Refusal.precondition(
                    RefusalReason.WORKFLOW_ENDED,
                    "workflows/" + workflowId,
                    "has ended, " + workflow.state());
              }
              return forecast(c, workflow);
            });
  }

  /**
   * When a workflow would end that starts now.
   *
   * @param request which was checked
   */
  public WorkflowForecast forecast(WorkflowRequest request) {
    Object inputs = JsonValue.stored(WorkflowInputs.text(request.inputs()));
    WorkflowRow workflow =
        WorkflowRow.unstarted(request.definition(), inputs, request.deadlineTime(), 0);
    return engine.database().with(c -> forecast(c, workflow));
  }

  /**
   * When a workflow would end that starts now from a template.
   *
   * @throws Refusal INVALID_ARGUMENT: TEMPLATE_UNKNOWN
   */
  public WorkflowForecast forecast(TemplateStart start) {
    WorkflowTemplate template =
        engine
            .database()
            .with(c -> new TemplateRows(c).find(start.template()))
            .orElseThrow(
                () ->
                    Refusal.invalid(
                        RefusalReason.TEMPLATE_UNKNOWN,
                        "template",
                        start.template() + " does not exist"));
    return forecast(template.spec().request(start, engine.clock().instant()));
  }

  /**
   * When nothing waits in a queue any more.
   *
   * @param queueId final part of its name
   * @throws Refusal NOT_FOUND: QUEUE_NOT_FOUND
   */
  public EmptyTime emptyTime(String queueId) {
    return engine.database().with(c -> new QueueForecasts(c).emptyTime(queueId));
  }

  /**
   * How a queue would do with other settings.
   *
   * @param queueId final part of its name
   * @throws Refusal NOT_FOUND: QUEUE_NOT_FOUND
   */
  public QueueTrialAnswer trial(String queueId, QueueTrialRequest wanted) {
    return engine.database().with(c -> new QueueForecasts(c).trial(queueId, wanted));
  }

  private static WorkflowForecast forecast(Connection connection, WorkflowRow workflow)
      throws SQLException {
    Instant now = now(connection);
    PlanContext context = new PlanContext(new KnownValues(connection, now));
    WorkflowOutlook outlook = outlook(workflow, context);
    return new WorkflowForecast(now, outlook, context.assumptions(), workflow.revision());
  }

  private static WorkflowOutlook outlook(WorkflowRow workflow, PlanContext context)
      throws SQLException {
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

  private static Instant now(Connection connection) throws SQLException {
    return NamedSql.on(connection, "SELECT clock_timestamp() AS now")
        .one(row -> Rows.instant(row, "now").orElseThrow());
  }
}
