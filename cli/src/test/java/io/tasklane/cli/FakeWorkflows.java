package io.tasklane.cli;

import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.grpc.stub.StreamObserver;
import io.tasklane.v1.CancelWorkflowRequest;
import io.tasklane.v1.CancelWorkflowResponse;
import io.tasklane.v1.DecideNodeRequest;
import io.tasklane.v1.DecideNodeResponse;
import io.tasklane.v1.DeleteWorkflowRequest;
import io.tasklane.v1.DeleteWorkflowResponse;
import io.tasklane.v1.Failure;
import io.tasklane.v1.ForecastWorkflowRequest;
import io.tasklane.v1.ForecastWorkflowResponse;
import io.tasklane.v1.GetWorkflowRequest;
import io.tasklane.v1.GetWorkflowResponse;
import io.tasklane.v1.ListWorkflowNodesRequest;
import io.tasklane.v1.ListWorkflowNodesResponse;
import io.tasklane.v1.ListWorkflowsRequest;
import io.tasklane.v1.ListWorkflowsResponse;
import io.tasklane.v1.Node;
import io.tasklane.v1.NodeForecast;
import io.tasklane.v1.NodeStatus;
import io.tasklane.v1.PauseWorkflowRequest;
import io.tasklane.v1.PauseWorkflowResponse;
import io.tasklane.v1.ResumeWorkflowRequest;
import io.tasklane.v1.ResumeWorkflowResponse;
import io.tasklane.v1.RetryWorkflowRequest;
import io.tasklane.v1.RetryWorkflowResponse;
import io.tasklane.v1.StartWorkflowRequest;
import io.tasklane.v1.StartWorkflowResponse;
import io.tasklane.v1.WatchWorkflowRequest;
import io.tasklane.v1.WatchWorkflowResponse;
import io.tasklane.v1.Workflow;
import io.tasklane.v1.WorkflowServiceGrpc;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A workflow service that remembers what it was asked, and knows one workflow, which fails. */
public final class FakeWorkflows extends WorkflowServiceGrpc.WorkflowServiceImplBase {
  private static final Workflow FLOW = flow();

  private final FakeServer server;
  private volatile FakeMorning morning;

  FakeWorkflows(FakeServer server) {
    this.server = server;
  }

  /** All requests, in their order. */
  public final List<Message> asked = new CopyOnWriteArrayList<>();

  private static Workflow flow() {
    Workflow.Builder flow =
        Workflow.newBuilder()
            .setName("workflows/w")
            .setState(Workflow.State.STATE_RUNNING)
            .setRun(1);
    Node.Builder root = flow.getRootBuilder().setNodeId("all");
    root.getChainBuilder().addNodesBuilder().setNodeId("a").getTaskBuilder();
    root.getChainBuilder()
        .addNodesBuilder()
        .setNodeId("e")
        .getForEachBuilder()
        .getNodeBuilder()
        .setNodeId("t")
        .getTaskBuilder();
    flow.addNodeStatuses(status("all", NodeStatus.State.STATE_RUNNING));
    flow.addNodeStatuses(status("a", NodeStatus.State.STATE_RUNNING).setTask("tasks/1"));
    return flow.build();
  }

  private static NodeStatus.Builder status(String node, NodeStatus.State state) {
    return NodeStatus.newBuilder().setNodeId(node).setState(state);
  }

  private <M> void answer(Message request, StreamObserver<M> out, M answer) {
    asked.add(request);
    out.onNext(answer);
    out.onCompleted();
  }

  @Override
  public void startWorkflow(
      StartWorkflowRequest request, StreamObserver<StartWorkflowResponse> out) {
    if (request.getTemplate().startsWith("workflowTemplates/morning")) {
      morning = new FakeMorning(server);
    }
    answer(request, out, StartWorkflowResponse.newBuilder().setWorkflow(now()).build());
  }

  @Override
  public void forecastWorkflow(
      ForecastWorkflowRequest request, StreamObserver<ForecastWorkflowResponse> out) {
    ForecastWorkflowResponse.Builder answer = ForecastWorkflowResponse.newBuilder();
    if (request.getName().equals("workflows/new")) {
      answer.getForecastBuilder().setNoForecastReason("known are 3 of t in queues/Q");
    } else {
      NodeForecast node =
          NodeForecast.newBuilder()
              .setNodeId("a")
              .setWaitP50(Durations.fromMillis(1500))
              .setRunP50(Durations.fromSeconds(9))
              .setEndTimeP50(Timestamps.fromSeconds(1_800_000_000))
              .setEndTimeP90(Timestamps.fromSeconds(1_800_000_060))
              .setSlack(Durations.fromSeconds(2))
              .setCriticality(0.75)
              .build();
      answer
          .getForecastBuilder()
          .setEndTimeP50(node.getEndTimeP50())
          .setEndTimeP90(node.getEndTimeP90())
          .setDeadlineMissProbability(0.12)
          .addNodes(node)
          .addCriticalPath(node)
          .addCriticalPath(node.toBuilder().setNodeId("b"))
          .addAssumptions("what w waits for comes at once");
    }
    answer(request, out, answer.build());
  }

  @Override
  public void getWorkflow(GetWorkflowRequest request, StreamObserver<GetWorkflowResponse> out) {
    answer(request, out, GetWorkflowResponse.newBuilder().setWorkflow(now()).build());
  }

  private Workflow now() {
    return morning == null ? FLOW : morning.workflow();
  }

  @Override
  public void listWorkflowNodes(
      ListWorkflowNodesRequest request, StreamObserver<ListWorkflowNodesResponse> out) {
    List<NodeStatus> nodes = morning == null ? List.of() : morning.nodes(request.getFilter());
    answer(request, out, ListWorkflowNodesResponse.newBuilder().addAllNodes(nodes).build());
  }

  @Override
  public void listWorkflows(
      ListWorkflowsRequest request, StreamObserver<ListWorkflowsResponse> out) {
    answer(request, out, ListWorkflowsResponse.newBuilder().addWorkflows(FLOW).build());
  }

  @Override
  public void pauseWorkflow(
      PauseWorkflowRequest request, StreamObserver<PauseWorkflowResponse> out) {
    Workflow paused = FLOW.toBuilder().setPaused(true).build();
    answer(request, out, PauseWorkflowResponse.newBuilder().setWorkflow(paused).build());
  }

  @Override
  public void resumeWorkflow(
      ResumeWorkflowRequest request, StreamObserver<ResumeWorkflowResponse> out) {
    answer(request, out, ResumeWorkflowResponse.newBuilder().setWorkflow(FLOW).build());
  }

  @Override
  public void retryWorkflow(
      RetryWorkflowRequest request, StreamObserver<RetryWorkflowResponse> out) {
    answer(request, out, RetryWorkflowResponse.newBuilder().setWorkflow(FLOW).build());
  }

  @Override
  public void deleteWorkflow(
      DeleteWorkflowRequest request, StreamObserver<DeleteWorkflowResponse> out) {
    answer(request, out, DeleteWorkflowResponse.getDefaultInstance());
  }

  @Override
  public void decideNode(DecideNodeRequest request, StreamObserver<DecideNodeResponse> out) {
    if (morning != null) {
      morning.approve();
    }
    NodeStatus node = status("ok", NodeStatus.State.STATE_SUCCEEDED).build();
    answer(request, out, DecideNodeResponse.newBuilder().setNode(node).build());
  }

  /** Two copies end, one of them badly, and with them the workflow. */
  @Override
  public void watchWorkflow(
      WatchWorkflowRequest request, StreamObserver<WatchWorkflowResponse> out) {
    asked.add(request);
    Workflow.Builder now = FLOW.toBuilder().clearRoot().clearNodeStatuses();
    out.onNext(WatchWorkflowResponse.newBuilder().setWorkflow(now).build());
    now.setState(Workflow.State.STATE_FAILED)
        .setFailure(Failure.newBuilder().setCode("BROKEN").setMessage("it broke"));
    out.onNext(
        WatchWorkflowResponse.newBuilder()
            .setWorkflow(now)
            .addChangedNodes(status("a", NodeStatus.State.STATE_SUCCEEDED))
            .addChangedNodes(status("t", NodeStatus.State.STATE_SUCCEEDED).addIndex(0))
            .addChangedNodes(status("t", NodeStatus.State.STATE_FAILED).addIndex(1))
            .build());
    out.onCompleted();
  }

  @Override
  public void cancelWorkflow(
      CancelWorkflowRequest request, StreamObserver<CancelWorkflowResponse> out) {
    answer(request, out, CancelWorkflowResponse.newBuilder().setWorkflow(FLOW).build());
  }
}
