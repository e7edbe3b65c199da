package io.tasklane.grpc.workflow;

import com.google.protobuf.FieldMask;
import io.tasklane.api.Change;
import io.tasklane.grpc.call.Replay;
import io.tasklane.grpc.call.UpdateMask;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.grpc.wire.WireEtag;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.v1.CreateWorkflowTemplateRequest;
import io.tasklane.v1.CreateWorkflowTemplateResponse;
import io.tasklane.v1.DeleteWorkflowTemplateRequest;
import io.tasklane.v1.DeleteWorkflowTemplateResponse;
import io.tasklane.v1.UpdateWorkflowTemplateRequest;
import io.tasklane.v1.UpdateWorkflowTemplateResponse;
import io.tasklane.workflow.catalog.WorkflowTemplateService;
import io.tasklane.workflow.compile.InvalidDefinitionException;
import io.tasklane.workflow.template.TemplateSpec;
import io.tasklane.workflow.template.WorkflowTemplate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Creates, changes and deletes templates. */
final class TemplateChanges {
  private static final String PREFIX = "workflow_template.workflow.";
  private static final String DESCRIPTION = "description";
  private static final String WORKFLOW = "workflow";
  private static final String SCHEMA = "input_schema";
  private static final UpdateMask.Fields FIELDS =
      new UpdateMask.Fields(List.of(DESCRIPTION, WORKFLOW, SCHEMA), false, Set.of());
  private static final FieldMask ALL = FieldMask.newBuilder().addPaths("*").build();

  private final WorkflowTemplateService templates;

  TemplateChanges(WorkflowTemplateService templates) {
    this.templates = templates;
  }

  CompletionStage<CreateWorkflowTemplateResponse> create(CreateWorkflowTemplateRequest request) {
    String id = request.getWorkflowTemplateId();
    requireName(request.getWorkflowTemplate().getName(), id);
    TemplateSpec spec = TemplateMapping.read(request.getWorkflowTemplate());
    try {
      if (request.getValidateOnly()) {
        templates.checkCreate(id, spec);
        return CompletableFuture.completedStage(
            CreateWorkflowTemplateResponse.newBuilder()
                .setWorkflowTemplate(
                    TemplateMapping.spec(spec).setName(WireName.WORKFLOW_TEMPLATE.of(id)))
                .build());
      }
      Replay<WorkflowTemplate, CreateWorkflowTemplateResponse> replay =
          Replay.of(
              request,
              request.getRequestId(),
              made ->
                  CreateWorkflowTemplateResponse.newBuilder()
                      .setWorkflowTemplate(TemplateMapping.toWire(made))
                      .build(),
              CreateWorkflowTemplateResponse.parser());
      return templates.create(id, spec, replay.change()).thenApply(replay::response);
    } catch (InvalidDefinitionException invalid) {
      throw WorkflowRequests.refused(invalid, PREFIX);
    }
  }

  private static void requireName(String name, String id) {
    if (!name.isEmpty() && !name.equals(WireName.WORKFLOW_TEMPLATE.of(id))) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD,
          "workflow_template.name",
          "\""
              + name
              + "\" is not allowed: the name comes from workflow_template_id, which is \""
              + id
              + "\"");
    }
  }

  CompletionStage<UpdateWorkflowTemplateResponse> update(UpdateWorkflowTemplateRequest request) {
    io.tasklane.v1.WorkflowTemplate wanted = request.getWorkflowTemplate();
    String id = WireName.WORKFLOW_TEMPLATE.id(wanted.getName(), "workflow_template.name");
    Optional<String> etag = WireEtag.read(wanted.getEtag(), "workflow_template.etag");
    UnaryOperator<TemplateSpec> edit = edit(request);
    try {
      if (request.getValidateOnly()) {
        return CompletableFuture.completedStage(updated(templates.checkUpdate(id, etag, edit)));
      }
      Replay<WorkflowTemplate, UpdateWorkflowTemplateResponse> replay =
          Replay.of(
              request,
              request.getRequestId(),
              TemplateChanges::updated,
              UpdateWorkflowTemplateResponse.parser());
      Change<WorkflowTemplate> change = replay.change();
      return templates.update(id, etag, edit, change).thenApply(replay::response);
    } catch (InvalidDefinitionException invalid) {
      throw WorkflowRequests.refused(invalid, PREFIX);
    }
  }

  private static UpdateWorkflowTemplateResponse updated(WorkflowTemplate template) {
    return UpdateWorkflowTemplateResponse.newBuilder()
        .setWorkflowTemplate(TemplateMapping.toWire(template))
        .build();
  }

  /** What is wrong with the request is said here, and not within the change. */
  private static UnaryOperator<TemplateSpec> edit(UpdateWorkflowTemplateRequest request) {
    io.tasklane.v1.WorkflowTemplate wanted = request.getWorkflowTemplate();
    boolean all = request.getUpdateMask().getPathsCount() == 0;
    List<String> paths =
        UpdateMask.namedOrSet(all ? ALL : request.getUpdateMask(), wanted, FIELDS)
            .mask()
            .getPathsList();
    Optional<TemplateSpec> workflow =
        paths.contains(WORKFLOW) ? Optional.of(TemplateMapping.read(wanted)) : Optional.empty();
    return present -> {
      TemplateSpec of = workflow.orElse(present);
      return new TemplateSpec(
          paths.contains(DESCRIPTION) ? wanted.getDescription() : present.description(),
          of.displayName(),
          of.definition(),
          of.document(),
          of.inputs(),
          of.deadlineAfter(),
          paths.contains(SCHEMA) ? wanted.getInputSchema() : present.inputSchema());
    };
  }

  CompletionStage<DeleteWorkflowTemplateResponse> delete(DeleteWorkflowTemplateRequest request) {
    Replay<WorkflowTemplate, DeleteWorkflowTemplateResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            gone -> DeleteWorkflowTemplateResponse.getDefaultInstance(),
            DeleteWorkflowTemplateResponse.parser());
    return templates
        .delete(
            WireName.WORKFLOW_TEMPLATE.id(request.getName(), "name"),
            WireEtag.read(request.getEtag(), "etag"),
            replay.change())
        .thenApply(replay::response);
  }
}
