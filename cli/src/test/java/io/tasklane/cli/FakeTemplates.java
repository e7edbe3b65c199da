package io.tasklane.cli;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import io.tasklane.v1.CreateWorkflowTemplateRequest;
import io.tasklane.v1.CreateWorkflowTemplateResponse;
import io.tasklane.v1.DeleteWorkflowTemplateRequest;
import io.tasklane.v1.DeleteWorkflowTemplateResponse;
import io.tasklane.v1.GetWorkflowTemplateRequest;
import io.tasklane.v1.GetWorkflowTemplateResponse;
import io.tasklane.v1.ListWorkflowTemplatesRequest;
import io.tasklane.v1.ListWorkflowTemplatesResponse;
import io.tasklane.v1.UpdateWorkflowTemplateRequest;
import io.tasklane.v1.UpdateWorkflowTemplateResponse;
import io.tasklane.v1.WorkflowTemplate;
import io.tasklane.v1.WorkflowTemplateServiceGrpc;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** A service that keeps templates, and refuses those with a queue "queues/ABSENT" as their root. */
public final class FakeTemplates
    extends WorkflowTemplateServiceGrpc.WorkflowTemplateServiceImplBase {
  /** What it keeps, by name. */
  public final Map<String, WorkflowTemplate> stored = Collections.synchronizedMap(new TreeMap<>());

  private static <M> void answer(StreamObserver<M> out, M answer) {
    out.onNext(answer);
    out.onCompleted();
  }

  private static <M> boolean isRefused(WorkflowTemplate wanted, StreamObserver<M> out) {
    if (!wanted.getWorkflow().getRoot().getTask().getQueue().equals("queues/ABSENT")) {
      return false;
    }
    BadRequest.Builder details = BadRequest.newBuilder();
    details
        .addFieldViolationsBuilder()
        .setField("workflow_template.workflow.root.task.queue")
        .setDescription("there is no queue \"ABSENT\"");
    out.onError(
        StatusProto.toStatusRuntimeException(
            Status.newBuilder()
                .setCode(Code.INVALID_ARGUMENT_VALUE)
                .setMessage("refused")
                .addDetails(Any.pack(details.build()))
                .build()));
    return true;
  }

  @Override
  public void createWorkflowTemplate(
      CreateWorkflowTemplateRequest request, StreamObserver<CreateWorkflowTemplateResponse> out) {
    if (isRefused(request.getWorkflowTemplate(), out)) {
      return;
    }
    WorkflowTemplate.Builder made =
        request.getWorkflowTemplate().toBuilder()
            .setName("workflowTemplates/" + request.getWorkflowTemplateId());
    if (!request.getValidateOnly()) {
      stored.put(made.getName(), made.setVersion(1).build());
    }
    answer(out, CreateWorkflowTemplateResponse.newBuilder().setWorkflowTemplate(made).build());
  }

  @Override
  public void getWorkflowTemplate(
      GetWorkflowTemplateRequest request, StreamObserver<GetWorkflowTemplateResponse> out) {
    WorkflowTemplate found = stored.get(request.getName());
    if (found == null) {
      out.onError(io.grpc.Status.NOT_FOUND.asRuntimeException());
    } else {
      answer(out, GetWorkflowTemplateResponse.newBuilder().setWorkflowTemplate(found).build());
    }
  }

  @Override
  public void listWorkflowTemplates(
      ListWorkflowTemplatesRequest request, StreamObserver<ListWorkflowTemplatesResponse> out) {
    answer(
        out,
        ListWorkflowTemplatesResponse.newBuilder()
            .addAllWorkflowTemplates(stored.values())
            .build());
  }

  @Override
  public void updateWorkflowTemplate(
      UpdateWorkflowTemplateRequest request, StreamObserver<UpdateWorkflowTemplateResponse> out) {
    WorkflowTemplate wanted = request.getWorkflowTemplate();
    if (isRefused(wanted, out)) {
      return;
    }
    WorkflowTemplate before = stored.get(wanted.getName());
    WorkflowTemplate same = wanted.toBuilder().setVersion(before.getVersion()).build();
    WorkflowTemplate after =
        same.equals(before) ? before : same.toBuilder().setVersion(before.getVersion() + 1).build();
    if (!request.getValidateOnly()) {
      stored.put(wanted.getName(), after);
    }
    answer(out, UpdateWorkflowTemplateResponse.newBuilder().setWorkflowTemplate(after).build());
  }

  @Override
  public void deleteWorkflowTemplate(
      DeleteWorkflowTemplateRequest request, StreamObserver<DeleteWorkflowTemplateResponse> out) {
    stored.remove(request.getName());
    answer(out, DeleteWorkflowTemplateResponse.getDefaultInstance());
  }
}
