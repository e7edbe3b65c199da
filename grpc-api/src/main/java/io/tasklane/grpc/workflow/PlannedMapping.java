package io.tasklane.grpc.workflow;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.v1.Workflow;
import io.tasklane.workflow.template.PlannedWorkflow;
import io.tasklane.workflow.template.TemplateSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Workflows that are to be started later, as clients write them, and as the wire shows them. */
public final class PlannedMapping {
  private PlannedMapping() {}

  /**
   * A workflow that a client plans.
   *
   * @param path of the workflow in the request
   * @throws io.tasklane.grpc.error.InvalidRequest naming the field that is wrong or not served
   */
  public static PlannedWorkflow read(Workflow wire, String path) {
    return new PlannedWorkflow.Tree(
        new TemplateSpec(
            "",
            wire.getDisplayName(),
            WorkflowRequests.definition(wire, path),
            bytes(TemplateMapping.document(wire)),
            WorkflowRequests.inputs(wire),
            wire.hasDeadlineAfter()
                ? Optional.of(WireTime.of(wire.getDeadlineAfter()))
                : Optional.empty(),
            ""));
  }

  /** The same fields again. */
  public static Workflow toWire(PlannedWorkflow.Tree planned) {
    return WorkflowMapping.given(planned.spec().document()).build();
  }

  /** The same for equal messages. */
  private static byte[] bytes(Message message) {
    byte[] bytes = new byte[message.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      message.writeTo(out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes;
  }
}
