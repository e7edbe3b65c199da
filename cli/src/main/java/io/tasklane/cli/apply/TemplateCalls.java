package io.tasklane.cli.apply;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tasklane.cli.command.Connection;
import io.tasklane.v1.CreateWorkflowTemplateRequest;
import io.tasklane.v1.GetWorkflowTemplateRequest;
import io.tasklane.v1.UpdateWorkflowTemplateRequest;
import io.tasklane.v1.WorkflowTemplate;
import io.tasklane.v1.WorkflowTemplateServiceGrpc;
import java.util.Optional;
import java.util.UUID;

/**
 * The calls about templates.
 *
 * @param connection to the server
 */
record TemplateCalls(Connection connection) implements Kind.Calls {
  private WorkflowTemplateServiceGrpc.WorkflowTemplateServiceBlockingStub stub() {
    return connection.service(WorkflowTemplateServiceGrpc::newBlockingStub);
  }

  @Override
  public Optional<Message> find(String name) {
    try {
      return Optional.of(
          stub()
              .getWorkflowTemplate(GetWorkflowTemplateRequest.newBuilder().setName(name).build())
              .getWorkflowTemplate());
    } catch (StatusRuntimeException refused) {
      if (refused.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  @Override
  public Message create(String id, Message wanted, boolean checkOnly) {
    return stub()
        .createWorkflowTemplate(
            CreateWorkflowTemplateRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setWorkflowTemplateId(id)
                .setWorkflowTemplate((WorkflowTemplate) wanted)
                .setValidateOnly(checkOnly)
                .build())
        .getWorkflowTemplate();
  }

  @Override
  public Message update(String name, Message wanted, boolean checkOnly) {
    return stub()
        .updateWorkflowTemplate(
            UpdateWorkflowTemplateRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setWorkflowTemplate(((WorkflowTemplate) wanted).toBuilder().setName(name))
                .setValidateOnly(checkOnly)
                .build())
        .getWorkflowTemplate();
  }
}
