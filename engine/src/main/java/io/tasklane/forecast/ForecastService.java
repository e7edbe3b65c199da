package io.tasklane.forecast;

import io.tasklane.api.Refusal;
import io.tasklane.feature.EngineContext;
import io.tasklane.workflow.definition.WorkflowRequest;
import io.tasklane.workflow.template.TemplateStart;

/** Says when workflows end and queues are empty, and how queues would do with other settings. */
public class ForecastService {
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
    return engine.database().with(c -> new WorkflowForecasts(c).of(workflowId));
  }

  /**
   * When a workflow would end that starts now.
   *
   * @param request which was checked
   */
  public WorkflowForecast forecast(WorkflowRequest request) {
    return engine.database().with(c -> new WorkflowForecasts(c).of(request));
  }

  /**
   * When a workflow would end that starts now from a template.
   *
   * @throws Refusal INVALID_ARGUMENT: TEMPLATE_UNKNOWN
   */
  public WorkflowForecast forecast(TemplateStart start) {
    return engine
        .database()
        .with(c -> new WorkflowForecasts(c).of(start, engine.clock().instant()));
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
}
