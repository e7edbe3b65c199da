package io.tasklane.grpc;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.forecast.EmptyTime;
import io.tasklane.forecast.ForecastService;
import io.tasklane.forecast.QueueTrialAnswer;
import io.tasklane.forecast.QueueTrialRequest;
import io.tasklane.forecast.WorkflowForecast;
import io.tasklane.forecast.WorkflowOutlook;
import io.tasklane.workflow.definition.WorkflowRequest;
import io.tasklane.workflow.template.TemplateStart;
import java.util.List;
import java.util.Optional;

/** Forecasts that a test decides, and what was asked. */
public final class ForecastsOfTest extends ForecastService {
  public WorkflowOutlook outlook = WorkflowOutlook.missing("nothing is known", 3);
  public List<String> assumptions = List.of();
  public EmptyTime empty = new EmptyTime(0, 0, "");
  public QueueTrialAnswer answer;
  public Optional<RefusalReason> refused = Optional.empty();
  public Object asked;

  @Override
  public WorkflowForecast forecast(String workflowId) {
    return answer(workflowId);
  }

  @Override
  public WorkflowForecast forecast(WorkflowRequest request) {
    return answer(request);
  }

  @Override
  public WorkflowForecast forecast(TemplateStart start) {
    return answer(start);
  }

  private WorkflowForecast answer(Object about) {
    asked = about;
    refused.ifPresent(
        reason -> {
          throw Refusal.precondition(reason, "workflows/" + about, "refused");
        });
    return new WorkflowForecast(ApiOfTest.CLOCK.instant(), outlook, assumptions, 77);
  }

  @Override
  public EmptyTime emptyTime(String queueId) {
    return empty;
  }

  @Override
  public QueueTrialAnswer trial(String queueId, QueueTrialRequest wanted) {
    asked = wanted;
    return answer;
  }
}
