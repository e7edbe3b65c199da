package io.tasklane.grpc.workflow;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tasklane.grpc.wire.FailureMapping;
import io.tasklane.grpc.wire.PayloadMapping;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.v1.Failure;
import io.tasklane.v1.NodeStatus;
import io.tasklane.workflow.state.Cause;
import io.tasklane.workflow.state.Workflow;
import io.tasklane.workflow.state.WorkflowNode;
import io.tasklane.workflow.template.TemplateReference;
import java.time.Instant;
import java.util.Optional;

/** Workflows and their nodes as the wire shows them. */
final class WorkflowMapping {
  private WorkflowMapping() {}

  /** The part of a workflow that is kept as it was given. */
  static byte[] document(io.tasklane.v1.Workflow wire) {
    io.tasklane.v1.Workflow.Builder kept =
        io.tasklane.v1.Workflow.newBuilder()
            .setRoot(wire.getRoot())
            .putAllInputs(wire.getInputsMap())
            .setResultExpression(wire.getResultExpression());
    if (wire.hasTimeout()) {
      kept.setTimeout(wire.getTimeout());
    }
    if (wire.hasDeadlineAfter()) {
      kept.setDeadlineAfter(wire.getDeadlineAfter());
    }
    return kept.build().toByteArray();
  }

  /** Every field that is served. The code of a state is its number on the wire. */
  static io.tasklane.v1.Workflow toWire(Workflow workflow) {
    io.tasklane.v1.Workflow.Builder wire =
        given(workflow.details().document())
            .setName(workflow.name())
            .setDisplayName(workflow.details().displayName())
            .putAllLabels(workflow.details().labels())
            .setPriority(workflow.details().priority().value())
            .setStateValue(workflow.status().state().code())
            .setPaused(workflow.status().paused())
            .setRun(workflow.status().run())
            .setCreateTime(WireTime.of(workflow.createTime()))
            .setEtag(workflow.etag())
            .setRevision(workflow.revision());
    workflow
        .details()
        .outerWorkflowId()
        .map(WireName.WORKFLOW::of)
        .ifPresent(wire::setOuterWorkflow);
    workflow.details().scheduleId().map(WireName.SCHEDULE::of).ifPresent(wire::setSchedule);
    workflow.details().template().ifPresent(template -> add(workflow, template, wire));
    workflow.details().deadlineTime().map(WireTime::of).ifPresent(wire::setDeadlineTime);
    workflow.endTime().map(WireTime::of).ifPresent(wire::setEndTime);
    workflow.result().map(PayloadMapping::toWire).ifPresent(wire::setResult);
    workflow.pauseActor().map(FailureMapping::toWire).ifPresent(wire::setPauseActor);
    workflow.cancelActor().map(FailureMapping::toWire).ifPresent(wire::setCancelActor);
    failure(workflow.status().cause(), workflow.endTime()).ifPresent(wire::setFailure);
    workflow.nodes().stream().map(WorkflowMapping::toWire).forEach(wire::addNodeStatuses);
    return wire.build();
  }

  /** The document is that of the template. */
  private static void add(
      Workflow workflow, TemplateReference template, io.tasklane.v1.Workflow.Builder wire) {
    wire.setTemplate(WireName.WORKFLOW_TEMPLATE.of(template.templateId()))
        .setTemplateVersion(template.version().orElseThrow())
        .clearInputs();
    workflow
        .details()
        .inputs()
        .forEach((name, value) -> wire.putInputs(name, PayloadMapping.toWire(value)));
  }

  /** A document, to be added to. */
  static io.tasklane.v1.Workflow.Builder given(byte[] document) {
    try {
      return io.tasklane.v1.Workflow.newBuilder().mergeFrom(document);
    } catch (InvalidProtocolBufferException damaged) {
      throw new IllegalStateException("a stored workflow cannot be read", damaged);
    }
  }

  /** A node. */
  static NodeStatus toWire(WorkflowNode node) {
    NodeStatus.Builder wire =
        NodeStatus.newBuilder()
            .setNodeId(node.key().nodeId())
            .addAllIndex(node.key().index())
            .setState(state(node))
            .setWorkflow(node.workflowId().map(WireName.WORKFLOW::of).orElse(""))
            .setTask(node.taskId().map(WireName.TASK::of).orElse(""))
            .setStartTime(WireTime.of(node.startTime()))
            .setRun(node.run());
    node.endTime().map(WireTime::of).ifPresent(wire::setEndTime);
    failure(node.cause(), node.endTime()).ifPresent(wire::setFailure);
    node.approvers().stream().map(FailureMapping::toWire).forEach(wire::addApprovers);
    node.rejecter().map(FailureMapping::toWire).ifPresent(wire::setRejecter);
    return wire.build();
  }

  private static NodeStatus.State state(WorkflowNode node) {
    return switch (node.state()) {
      case WAITING -> NodeStatus.State.STATE_WAITING;
      case PAUSED -> NodeStatus.State.STATE_PAUSED;
      case RUNNING -> NodeStatus.State.STATE_RUNNING;
      case SUCCEEDED -> NodeStatus.State.STATE_SUCCEEDED;
      case FAILED -> NodeStatus.State.STATE_FAILED;
      case CANCELLED -> NodeStatus.State.STATE_CANCELLED;
      case SKIPPED -> NodeStatus.State.STATE_SKIPPED;
    };
  }

  /** What has not ended may have a cause already, which may still change. */
  private static Optional<Failure> failure(Optional<Cause> cause, Optional<Instant> end) {
    if (cause.isEmpty() || end.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Failure.newBuilder()
            .setKindValue(cause.get().kind().code())
            .setCode(cause.get().code())
            .setMessage(cause.get().message())
            .setFailTime(WireTime.of(end.get()))
            .build());
  }
}
