package io.tasklane.grpc.workflow;

import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.v1.Workflow;
import io.tasklane.workflow.template.TemplateSpec;
import io.tasklane.workflow.template.WorkflowTemplate;
import java.util.Optional;

/** Templates as clients write them, and as the wire shows them. */
final class TemplateMapping {
  private static final String WORKFLOW = "workflow_template.workflow";

  private TemplateMapping() {}

  /**
   * What a client says of a template.
   *
   * @throws InvalidRequest naming the field that is wrong or not served
   */
  static TemplateSpec read(io.tasklane.v1.WorkflowTemplate wire) {
    if (!wire.hasWorkflow()) {
      throw InvalidRequest.field(Reason.INVALID_FIELD, WORKFLOW, "is required");
    }
    Workflow workflow = wire.getWorkflow();
    return new TemplateSpec(
        wire.getDescription(),
        workflow.getDisplayName(),
        WorkflowRequests.definition(workflow, WORKFLOW),
        document(workflow).toByteArray(),
        WorkflowRequests.inputs(workflow),
        workflow.hasDeadlineAfter()
            ? Optional.of(WireTime.of(workflow.getDeadlineAfter()))
            : Optional.empty(),
        wire.getInputSchema());
  }

  /** The workflow as it was given, without what a template ignores. */
  static Workflow document(Workflow wire) {
    return WorkflowMapping.given(WorkflowMapping.document(wire))
        .setDisplayName(wire.getDisplayName())
        .putAllLabels(wire.getLabelsMap())
        .setPriority(wire.getPriority())
        .build();
  }

  /** The whole message, with version, times and etag. */
  static io.tasklane.v1.WorkflowTemplate toWire(WorkflowTemplate template) {
    return spec(template.spec())
        .setName(template.name())
        .setVersion(template.version())
        .setCreateTime(WireTime.of(template.createTime()))
        .setUpdateTime(WireTime.of(template.updateTime()))
        .setEtag(template.etag())
        .build();
  }

  /** The fields that clients set, to which the server adds its own. */
  static io.tasklane.v1.WorkflowTemplate.Builder spec(TemplateSpec spec) {
    return io.tasklane.v1.WorkflowTemplate.newBuilder()
        .setDescription(spec.description())
        .setWorkflow(WorkflowMapping.given(spec.document()))
        .setInputSchema(spec.inputSchema());
  }
}
