package io.tasklane.grpc.workflow;

import io.tasklane.forecast.ForecastService;
import io.tasklane.forecast.NodeOutlook;
import io.tasklane.forecast.WorkflowForecast;
import io.tasklane.forecast.WorkflowOutlook;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.v1.ForecastWorkflowRequest;
import io.tasklane.v1.ForecastWorkflowResponse;
import io.tasklane.v1.NodeForecast;
import io.tasklane.v1.StartWorkflowRequest;
import io.tasklane.v1.Workflow;
import io.tasklane.workflow.compile.InvalidDefinitionException;
import io.tasklane.workflow.definition.WorkflowRequest;
import io.tasklane.workflow.execution.WorkflowService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says when workflows will have ended. */
final class WorkflowForecasts {
  private static final int MOST_NODES = 500;
  private static final double NANOS = 1e9;

  private final WorkflowService workflows;
  private final ForecastService forecasts;
  private final Clock clock;

  WorkflowForecasts(WorkflowService workflows, ForecastService forecasts, Clock clock) {
    this.workflows = workflows;
    this.forecasts = forecasts;
    this.clock = clock;
  }

  ForecastWorkflowResponse forecast(ForecastWorkflowRequest request) {
    if (request.getInputsCount() > 0
        && request.getSubjectCase() != ForecastWorkflowRequest.SubjectCase.TEMPLATE) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD, "inputs", "is allowed with a template alone");
    }
    return ForecastWorkflowResponse.newBuilder().setForecast(toWire(made(request))).build();
  }

  private WorkflowForecast made(ForecastWorkflowRequest request) {
    return switch (request.getSubjectCase()) {
      case NAME -> forecasts.forecast(WireName.WORKFLOW.id(request.getName(), "name"));
      case TEMPLATE ->
          forecasts.forecast(
              WorkflowRequests.ofTemplate(
                  StartWorkflowRequest.newBuilder()
                      .setTemplate(request.getTemplate())
                      .setWorkflow(Workflow.newBuilder().putAllInputs(request.getInputsMap()))
                      .build()));
      default -> ofTree(request.getWorkflow());
    };
  }

  private WorkflowForecast ofTree(Workflow wire) {
    WorkflowRequest wanted =
        WorkflowRequests.read(
            StartWorkflowRequest.newBuilder().setWorkflow(wire.toBuilder().clearName()).build(),
            clock);
    try {
      workflows.check(wanted);
    } catch (InvalidDefinitionException invalid) {
      throw WorkflowRequests.refused(invalid, "workflow.");
    }
    return forecasts.forecast(wanted);
  }

  private static io.tasklane.v1.WorkflowForecast toWire(WorkflowForecast forecast) {
    WorkflowOutlook outlook = forecast.outlook();
    io.tasklane.v1.WorkflowForecast.Builder wire =
        io.tasklane.v1.WorkflowForecast.newBuilder()
            .setRevision(forecast.revision())
            .setSampleCount((int) Math.min(Integer.MAX_VALUE, outlook.samples()))
            .setNoForecastReason(outlook.missing())
            .addAllAssumptions(forecast.assumptions());
    if (!outlook.missing().isEmpty()) {
      return wire.build();
    }
    Instant now = forecast.now();
    wire.setEndTimeP50(WireTime.of(at(now, outlook.endP50())))
        .setEndTimeP90(WireTime.of(at(now, outlook.endP90())))
        .setDeadlineMissProbability(outlook.missProbability());
    outlook.nodes().stream()
        .limit(MOST_NODES)
        .map(node -> toWire(node, now))
        .forEach(wire::addNodes);
    Map<String, NodeOutlook> byId =
        outlook.nodes().stream()
            .collect(Collectors.toMap(NodeOutlook::nodeId, Function.identity()));
    outlook.criticalPath().forEach(id -> wire.addCriticalPath(toWire(byId.get(id), now)));
    return wire.build();
  }

  private static NodeForecast toWire(NodeOutlook node, Instant now) {
    return NodeForecast.newBuilder()
        .setNodeId(node.nodeId())
        .setWaitP50(WireTime.of(time(node.waitP50())))
        .setRunP50(WireTime.of(time(node.runP50())))
        .setSlack(WireTime.of(time(node.slackP50())))
        .setEndTimeP50(WireTime.of(at(now, node.endP50())))
        .setEndTimeP90(WireTime.of(at(now, node.endP90())))
        .setCriticality(node.criticality())
        .build();
  }

  private static Instant at(Instant now, double seconds) {
    return now.plus(time(seconds));
  }

  private static Duration time(double seconds) {
    return Duration.ofNanos(Math.round(seconds * NANOS));
  }
}
