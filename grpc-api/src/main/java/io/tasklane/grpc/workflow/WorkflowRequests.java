package io.tasklane.grpc.workflow;

import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.grpc.wire.PayloadMapping;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.v1.StartWorkflowRequest;
import io.tasklane.v1.Workflow;
import io.tasklane.workflow.compile.DefinitionFault;
import io.tasklane.workflow.compile.InvalidDefinitionException;
import io.tasklane.workflow.definition.WorkflowDefinition;
import io.tasklane.workflow.definition.WorkflowRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads what a client asks to be started. Output-only fields are ignored. */
final class WorkflowRequests {
  private static final String ROOT = "workflow.root";

  private WorkflowRequests() {}

  /**
   * The request.
   *
   * @param clock of this node, for a deadline that is relative
   * @throws InvalidRequest naming the field that is wrong or not served
   */
  static WorkflowRequest read(StartWorkflowRequest request, Clock clock) {
    Workflow wire = request.getWorkflow();
    checkName(request);
    if (!request.getTemplate().isEmpty()) {
      throw InvalidRequest.field(Reason.FIELD_NOT_SERVED, "template", "is not served yet");
    }
    if (!wire.hasRoot()) {
      throw InvalidRequest.field(Reason.INVALID_FIELD, ROOT, "is required");
    }
    WorkflowDefinition definition =
        new WorkflowDefinition(
            NodeMapping.read(wire.getRoot(), ROOT),
            wire.getResultExpression().isEmpty()
                ? Optional.empty()
                : Optional.of(wire.getResultExpression()),
            wire.getPriority() == 0
                ? Optional.empty()
                : Optional.of(new Priority(wire.getPriority())),
            wire.getLabelsMap(),
            wire.hasTimeout() ? Optional.of(WireTime.of(wire.getTimeout())) : Optional.empty());
    return new WorkflowRequest(
        request.getWorkflowId().isEmpty() ? Optional.empty() : Optional.of(request.getWorkflowId()),
        wire.getDisplayName(),
        definition,
        WorkflowMapping.document(wire),
        inputs(wire),
        deadline(wire, clock));
  }

  /** A name may be given beside or instead of the id, but the two must not differ. */
  private static void checkName(StartWorkflowRequest request) {
    String name = request.getWorkflow().getName();
    if (!name.isEmpty() && !name.equals(WireName.WORKFLOW.of(request.getWorkflowId()))) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD,
          "workflow.name",
          "\""
              + name
              + "\" is not allowed: the name comes from workflow_id, which is \""
              + request.getWorkflowId()
              + "\"");
    }
  }

  private static Map<String, Payload> inputs(Workflow wire) {
    Map<String, Payload> inputs = new HashMap<>();
    wire.getInputsMap().forEach((name, value) -> inputs.put(name, PayloadMapping.fromWire(value)));
    return inputs;
  }

  private static Optional<Instant> deadline(Workflow wire, Clock clock) {
    if (wire.hasDeadlineTime()) {
      return Optional.of(WireTime.of(wire.getDeadlineTime(), "workflow.deadline_time"));
    }
    return wire.hasDeadlineAfter()
        ? Optional.of(clock.instant().plus(WireTime.of(wire.getDeadlineAfter())))
        : Optional.empty();
  }

  /** Every fault of a tree as a line of its own; the reason is that of the first. */
  static InvalidRequest refused(InvalidDefinitionException invalid) {
    DefinitionFault first = invalid.faults().get(0);
    return new InvalidRequest(
        reason(first),
        invalid.faults().stream()
            .map(
                fault ->
                    InvalidRequest.violation(
                        fault.reason().name(), "workflow." + fault.path(), fault.problem()))
            .toList());
  }

  private static String reason(DefinitionFault fault) {
    return switch (fault.reason()) {
      case QUEUE_UNKNOWN, TASK_TYPE_UNKNOWN, TEMPLATE_UNKNOWN -> fault.reason().name();
      default -> Reason.INVALID_FIELD;
    };
  }
}
