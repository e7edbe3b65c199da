package io.tasklane.grpc.workflow;

import com.google.protobuf.Descriptors;
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
import io.tasklane.workflow.template.TemplateReference;
import io.tasklane.workflow.template.TemplateStart;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a client asks to be started. Output-only fields are ignored. */
final class WorkflowRequests {
  private static final String WORKFLOW = "workflow";

  /** What a template says alone. */
  private static final List<String> OF_TEMPLATES =
      List.of("root", "timeout", "result_expression", "deadline_after");

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
    WorkflowDefinition definition = definition(wire, WORKFLOW);
    return new WorkflowRequest(
        workflowId(request),
        wire.getDisplayName(),
        definition,
        WorkflowMapping.document(wire),
        inputs(wire),
        deadline(wire, clock));
  }

  /**
   * What a workflow consists of.
   *
   * @param path of the workflow in the request
   * @throws InvalidRequest naming the field that is wrong or not served
   */
  static WorkflowDefinition definition(Workflow wire, String path) {
    String root = path + ".root";
    if (!wire.hasRoot()) {
      throw InvalidRequest.field(Reason.INVALID_FIELD, root, "is required");
    }
    return new WorkflowDefinition(
        NodeMapping.read(wire.getRoot(), root),
        wire.getResultExpression().isEmpty()
            ? Optional.empty()
            : Optional.of(wire.getResultExpression()),
        priority(wire),
        wire.getLabelsMap(),
        wire.hasTimeout() ? Optional.of(WireTime.of(wire.getTimeout())) : Optional.empty());
  }

  private static Optional<Priority> priority(Workflow wire) {
    return wire.getPriority() == 0
        ? Optional.empty()
        : Optional.of(new Priority(wire.getPriority()));
  }

  /**
   * A start from a template.
   *
   * @throws InvalidRequest naming a field that only the template has
   */
  static TemplateStart ofTemplate(StartWorkflowRequest request) {
    Workflow wire = request.getWorkflow();
    checkName(request);
    for (String field : OF_TEMPLATES) {
      Descriptors.FieldDescriptor part = Workflow.getDescriptor().findFieldByName(field);
      boolean given =
          part.hasPresence()
              ? wire.hasField(part)
              : !wire.getField(part).equals(part.getDefaultValue());
      if (given) {
        throw InvalidRequest.field(
            Reason.INVALID_FIELD, WORKFLOW + "." + field, "is not allowed with a template");
      }
    }
    return new TemplateStart(
        TemplateReference.parse(WireName.WORKFLOW_TEMPLATE.id(request.getTemplate(), "template")),
        workflowId(request),
        wire.getDisplayName(),
        inputs(wire),
        priority(wire),
        wire.getLabelsMap(),
        wire.hasDeadlineTime()
            ? Optional.of(WireTime.of(wire.getDeadlineTime(), "workflow.deadline_time"))
            : Optional.empty());
  }

  private static Optional<String> workflowId(StartWorkflowRequest request) {
    return request.getWorkflowId().isEmpty()
        ? Optional.empty()
        : Optional.of(request.getWorkflowId());
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

  /** The inputs that a client gave, by name. */
  static Map<String, Payload> inputs(Workflow wire) {
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

  /**
   * Every fault of a tree as a line of its own; the reason is that of the first.
   *
   * @param prefix of the paths in the request
   */
  static InvalidRequest refused(InvalidDefinitionException invalid, String prefix) {
    DefinitionFault first = invalid.faults().get(0);
    return new InvalidRequest(
        reason(first),
        invalid.faults().stream()
            .map(
                fault ->
                    InvalidRequest.violation(
                        fault.reason().name(), prefix + fault.path(), fault.problem()))
            .toList());
  }

  private static String reason(DefinitionFault fault) {
    return switch (fault.reason()) {
      case QUEUE_UNKNOWN, TASK_TYPE_UNKNOWN, TEMPLATE_UNKNOWN -> fault.reason().name();
      default -> Reason.INVALID_FIELD;
    };
  }
}
