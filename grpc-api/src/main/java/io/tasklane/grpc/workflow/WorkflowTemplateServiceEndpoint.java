package io.tasklane.grpc.workflow;

import io.grpc.stub.StreamObserver;
import io.tasklane.grpc.call.Calls;
import io.tasklane.grpc.call.PageLimit;
import io.tasklane.grpc.call.PageSize;
import io.tasklane.grpc.call.PageToken;
import io.tasklane.grpc.wire.WireName;
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
import io.tasklane.v1.WorkflowTemplateServiceGrpc;
import io.tasklane.workflow.catalog.WorkflowTemplateService;
import io.tasklane.workflow.template.TemplateReference;
import io.tasklane.workflow.template.WorkflowTemplate;
import java.util.List;
import java.util.OptionalInt;

/** Serves WorkflowTemplateService. */
public final class WorkflowTemplateServiceEndpoint
    extends WorkflowTemplateServiceGrpc.WorkflowTemplateServiceImplBase {
  private final Calls calls;
  private final WorkflowTemplateService templates;
  private final TemplateChanges changes;

  /**
   * Creates the endpoint.
   *
   * @param calls how calls are served
   * @param templates reads and changes templates
   */
  public WorkflowTemplateServiceEndpoint(Calls calls, WorkflowTemplateService templates) {
    this.calls = calls;
    this.templates = templates;
    this.changes = new TemplateChanges(templates);
  }

  @Override
  public void createWorkflowTemplate(
      CreateWorkflowTemplateRequest request, StreamObserver<CreateWorkflowTemplateResponse> out) {
    calls.answerLater(request, out, changes::create);
  }

  @Override
  public void getWorkflowTemplate(
      GetWorkflowTemplateRequest request, StreamObserver<GetWorkflowTemplateResponse> out) {
    calls.answer(request, out, this::get);
  }

  @Override
  public void listWorkflowTemplates(
      ListWorkflowTemplatesRequest request, StreamObserver<ListWorkflowTemplatesResponse> out) {
    calls.answer(request, out, this::list);
  }

  @Override
  public void updateWorkflowTemplate(
      UpdateWorkflowTemplateRequest request, StreamObserver<UpdateWorkflowTemplateResponse> out) {
    calls.answerLater(request, out, changes::update);
  }

  @Override
  public void deleteWorkflowTemplate(
      DeleteWorkflowTemplateRequest request, StreamObserver<DeleteWorkflowTemplateResponse> out) {
    calls.answerLater(request, out, changes::delete);
  }

  private GetWorkflowTemplateResponse get(GetWorkflowTemplateRequest request) {
    OptionalInt version =
        request.getVersion() == 0 ? OptionalInt.empty() : OptionalInt.of(request.getVersion());
    String id = WireName.WORKFLOW_TEMPLATE.id(request.getName(), "name");
    WorkflowTemplate found = templates.get(new TemplateReference(id, version));
    return GetWorkflowTemplateResponse.newBuilder()
        .setWorkflowTemplate(TemplateMapping.toWire(found))
        .build();
  }

  private ListWorkflowTemplatesResponse list(ListWorkflowTemplatesRequest request) {
    PageToken token = new PageToken("workflowTemplates", "");
    int size = PageSize.of(request.getPageSize());
    List<WorkflowTemplate> found =
        templates.list(token.position(request.getPageToken()).orElse(""), size);
    var page = PageLimit.fitting(found.stream().map(TemplateMapping::toWire).toList());
    ListWorkflowTemplatesResponse.Builder response =
        ListWorkflowTemplatesResponse.newBuilder().addAllWorkflowTemplates(page);
    if (!page.isEmpty() && (page.size() < found.size() || page.size() == size)) {
      response.setNextPageToken(token.after(found.get(page.size() - 1).templateId()));
    }
    return response.build();
  }
}
