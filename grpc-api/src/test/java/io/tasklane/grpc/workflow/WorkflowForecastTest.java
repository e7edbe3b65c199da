package io.tasklane.grpc.workflow;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.tasklane.api.RefusalReason;
import io.tasklane.forecast.NodeOutlook;
import io.tasklane.forecast.WorkflowOutlook;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.v1.ForecastWorkflowRequest;
import io.tasklane.v1.NodeForecast;
import io.tasklane.v1.Payload;
import io.tasklane.v1.Workflow;
import io.tasklane.v1.WorkflowForecast;
import io.tasklane.v1.WorkflowServiceGrpc;
import io.tasklane.workflow.definition.WorkflowRequest;
import io.tasklane.workflow.template.TemplateStart;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When workflows end, over the wire. */
@Timeout(30)
class WorkflowForecastTest {
  private static final Instant NOW = ApiOfTest.CLOCK.instant();
  private static final NodeOutlook A = new NodeOutlook("a", 1, 9, 10, 12, 0, 1);
  private static final NodeOutlook B = new NodeOutlook("b", 0, 2, 2, 3, 8, 0);
  private ApiOfTest api;
  private WorkflowServiceGrpc.WorkflowServiceBlockingStub workflows;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
    workflows =
        WorkflowServiceGrpc.newBlockingStub(api.channel).withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static ForecastWorkflowRequest.Builder named(String id) {
    return ForecastWorkflowRequest.newBuilder().setName("workflows/" + id);
  }

  private WorkflowForecast forecast(ForecastWorkflowRequest.Builder request) {
    return workflows.forecastWorkflow(request.build()).getForecast();
  }

  private static com.google.protobuf.Timestamp at(int seconds) {
    return Timestamps.fromMillis(NOW.plusSeconds(seconds).toEpochMilli());
  }

  @Test
  void a_forecast_is_shown_whole() {
    api.forecasts.outlook =
        new WorkflowOutlook("", 10, 12, 0.25, List.of("a"), List.of(A, B), 40, 400);
    api.forecasts.assumptions = List.of("something");
    WorkflowForecast forecast = forecast(named("w"));
    NodeForecast a =
        NodeForecast.newBuilder()
            .setNodeId("a")
            .setWaitP50(Durations.fromSeconds(1))
            .setRunP50(Durations.fromSeconds(9))
            .setSlack(Durations.fromSeconds(0))
            .setEndTimeP50(at(10))
            .setEndTimeP90(at(12))
            .setCriticality(1)
            .build();
    assertThat(api.forecasts.asked).isEqualTo("w");
    assertThat(forecast.getEndTimeP50()).isEqualTo(at(10));
    assertThat(forecast.getEndTimeP90()).isEqualTo(at(12));
    assertThat(forecast.getDeadlineMissProbability()).isEqualTo(0.25);
    assertThat(forecast.getCriticalPathList()).containsExactly(a);
    assertThat(forecast.getNodesList()).hasSize(2).startsWith(a);
    assertThat(forecast.getNodes(1).getSlack()).isEqualTo(Durations.fromSeconds(8));
    assertThat(forecast.getSampleCount()).isEqualTo(40);
    assertThat(forecast.getRevision()).isEqualTo(77);
    assertThat(forecast.getAssumptionsList()).containsExactly("something");
    assertThat(forecast.getNoForecastReason()).isEmpty();
  }

  @Test
  void where_nothing_can_be_said_there_is_a_reason_and_no_figure() {
    assertThat(forecast(named("w")))
        .isEqualTo(
            WorkflowForecast.newBuilder()
                .setNoForecastReason("nothing is known")
                .setSampleCount(3)
                .setRevision(77)
                .build());
  }

  @Test
  void one_that_was_not_started_is_a_tree_or_a_template_with_inputs() {
    Workflow.Builder tree = Workflow.newBuilder().setPriority(7);
    tree.getRootBuilder()
        .setNodeId("n")
        .getTaskBuilder()
        .setQueue("queues/Q")
        .setTaskType("system.echo");
    forecast(ForecastWorkflowRequest.newBuilder().setWorkflow(tree));
    assertThat(((WorkflowRequest) api.forecasts.asked).definition().root().id()).isEqualTo("n");
    Payload two =
        Payload.newBuilder()
            .setContentType("application/json")
            .setInline(ByteString.copyFromUtf8("2"))
            .build();
    forecast(
        ForecastWorkflowRequest.newBuilder()
            .setTemplate("workflowTemplates/morning@3")
            .putInputs("n", two));
    TemplateStart start = (TemplateStart) api.forecasts.asked;
    assertThat(start.template()).hasToString("workflowTemplates/morning@3");
    assertThat(start.inputs().get("n").text()).isEqualTo("2");
    assertThat(refusal(named("w").putInputs("n", two))).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
  }

  private String refusal(ForecastWorkflowRequest.Builder request) {
    return codeAndReason(catchThrowable(() -> forecast(request)));
  }

  @Test
  void what_cannot_be_asked_is_refused() {
    assertThat(refusal(ForecastWorkflowRequest.newBuilder()))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(refusal(named("a b"))).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(refusal(ForecastWorkflowRequest.newBuilder().setWorkflow(Workflow.newBuilder())))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    api.forecasts.refused = Optional.of(RefusalReason.WORKFLOW_ENDED);
    assertThat(refusal(named("w"))).isEqualTo("FAILED_PRECONDITION WORKFLOW_ENDED");
  }
}
