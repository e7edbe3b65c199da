package io.tasklane.grpc.workflow;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.grpc.call.CallInfo;
import io.tasklane.grpc.call.Replay;
import io.tasklane.grpc.wire.WireEtag;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.task.Actor;
import io.tasklane.v1.CancelWorkflowRequest;
import io.tasklane.v1.CancelWorkflowResponse;
import io.tasklane.v1.DecideNodeRequest;
import io.tasklane.v1.DecideNodeResponse;
import io.tasklane.v1.DeleteWorkflowRequest;
import io.tasklane.v1.DeleteWorkflowResponse;
import io.tasklane.v1.NodeReference;
import io.tasklane.v1.PauseWorkflowRequest;
import io.tasklane.v1.PauseWorkflowResponse;
import io.tasklane.v1.ResumeWorkflowRequest;
import io.tasklane.v1.ResumeWorkflowResponse;
import io.tasklane.v1.RetryWorkflowRequest;
import io.tasklane.v1.RetryWorkflowResponse;
import io.tasklane.v1.StartWorkflowRequest;
import io.tasklane.v1.StartWorkflowResponse;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.compile.InvalidDefinitionException;
import io.tasklane.workflow.definition.WorkflowRequest;
import io.tasklane.workflow.execution.WorkflowService;
import io.tasklane.workflow.state.Workflow;
import io.tasklane.workflow.template.TemplateStart;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Starts, steers and deletes workflows. */
final class WorkflowChanges {
  private final WorkflowService workflows;
  private final Clock clock;

  WorkflowChanges(WorkflowService workflows, Clock clock) {
    this.workflows = workflows;
    this.clock = clock;
  }

  CompletionStage<StartWorkflowResponse> start(StartWorkflowRequest request) {
    Replay<Workflow, StartWorkflowResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            done -> StartWorkflowResponse.newBuilder().setWorkflow(wire(done)).build(),
            StartWorkflowResponse.parser());
    try {
      return request.getTemplate().isEmpty()
          ? startTree(request, replay)
          : startTemplate(request, replay);
    } catch (InvalidDefinitionException invalid) {
      throw WorkflowRequests.refused(invalid, "workflow.");
    }
  }

  private CompletionStage<StartWorkflowResponse> startTree(
      StartWorkflowRequest request, Replay<Workflow, StartWorkflowResponse> replay)
      throws InvalidDefinitionException {
    WorkflowRequest wanted = WorkflowRequests.read(request, clock);
    if (request.getValidateOnly()) {
      workflows.check(wanted);
      return checked(request);
    }
    return workflows.start(wanted, replay.change()).thenApply(replay::response);
  }

  private CompletionStage<StartWorkflowResponse> startTemplate(
      StartWorkflowRequest request, Replay<Workflow, StartWorkflowResponse> replay) {
    TemplateStart wanted = WorkflowRequests.ofTemplate(request);
    if (request.getValidateOnly()) {
      workflows.check(wanted);
      return checked(request);
    }
    return workflows.start(wanted, replay.change()).thenApply(replay::response);
  }

  private static CompletionStage<StartWorkflowResponse> checked(StartWorkflowRequest request) {
    return CompletableFuture.completedStage(
        StartWorkflowResponse.newBuilder().setWorkflow(request.getWorkflow()).build());
  }

  CompletionStage<PauseWorkflowResponse> pause(PauseWorkflowRequest request) {
    return change(
        request,
        request.getRequestId(),
        done -> PauseWorkflowResponse.newBuilder().setWorkflow(wire(done)).build(),
        PauseWorkflowResponse.parser(),
        change -> workflows.pause(id(request.getName()), actor(request.getReason()), change));
  }

  CompletionStage<ResumeWorkflowResponse> resume(ResumeWorkflowRequest request) {
    return change(
        request,
        request.getRequestId(),
        done -> ResumeWorkflowResponse.newBuilder().setWorkflow(wire(done)).build(),
        ResumeWorkflowResponse.parser(),
        change -> workflows.resume(id(request.getName()), actor(request.getReason()), change));
  }

  CompletionStage<CancelWorkflowResponse> cancel(CancelWorkflowRequest request) {
    return change(
        request,
        request.getRequestId(),
        done -> CancelWorkflowResponse.newBuilder().setWorkflow(wire(done)).build(),
        CancelWorkflowResponse.parser(),
        change -> workflows.cancel(id(request.getName()), actor(request.getReason()), change));
  }

  CompletionStage<RetryWorkflowResponse> retry(RetryWorkflowRequest request) {
    return change(
        request,
        request.getRequestId(),
        done -> RetryWorkflowResponse.newBuilder().setWorkflow(wire(done)).build(),
        RetryWorkflowResponse.parser(),
        change ->
            workflows.retry(
                id(request.getName()),
                request.getNodesList().stream()
                    .map(WorkflowChanges::key)
                    .collect(Collectors.toSet()),
                request.getFreshSteps(),
                actor(request.getReason()),
                change));
  }

  CompletionStage<DecideNodeResponse> decide(DecideNodeRequest request) {
    String principal =
        request.getPrincipal().isEmpty()
            ? CallInfo.current().caller().principal()
            : request.getPrincipal();
    return change(
        request,
        request.getRequestId(),
        done ->
            DecideNodeResponse.newBuilder()
                .setNode(WorkflowMapping.toWire(done.nodes().get(0)))
                .build(),
        DecideNodeResponse.parser(),
        change ->
            workflows.decide(
                id(request.getName()),
                new NodeKey(request.getNodeId(), request.getIndexList()),
                request.getDecision() == DecideNodeRequest.Decision.DECISION_APPROVE,
                new Actor(principal, request.getReason()),
                change));
  }

  CompletionStage<DeleteWorkflowResponse> delete(DeleteWorkflowRequest request) {
    return change(
        request,
        request.getRequestId(),
        done -> DeleteWorkflowResponse.getDefaultInstance(),
        DeleteWorkflowResponse.parser(),
        change ->
            workflows.delete(
                id(request.getName()), WireEtag.read(request.getEtag(), "etag"), change));
  }

  private static <Q extends Message, R extends Message> CompletionStage<R> change(
      Q request,
      String requestId,
      Function<Workflow, R> fresh,
      Parser<R> parser,
      Function<Change<Workflow>, CompletionStage<Answer<Workflow>>> work) {
    Replay<Workflow, R> replay = Replay.of(request, requestId, fresh, parser);
    return work.apply(replay.change()).thenApply(replay::response);
  }

  private static io.tasklane.v1.Workflow wire(Workflow workflow) {
    return WorkflowMapping.toWire(workflow);
  }

  private static String id(String name) {
    return WireName.WORKFLOW.id(name, "name");
  }

  private static Actor actor(String reason) {
    return CallInfo.current().caller().actor(reason);
  }

  private static NodeKey key(NodeReference reference) {
    return new NodeKey(reference.getNodeId(), reference.getIndexList());
  }
}
