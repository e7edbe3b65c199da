package io.tasklane.client;

import static io.tasklane.client.TasklaneClient.requestId;
import static io.tasklane.client.TasklaneClient.within;

import io.tasklane.v1.CancelWorkflowRequest;
import io.tasklane.v1.GetWorkflowRequest;
import io.tasklane.v1.Node;
import io.tasklane.v1.Payload;
import io.tasklane.v1.StartWorkflowRequest;
import io.tasklane.v1.WatchWorkflowRequest;
import io.tasklane.v1.WatchWorkflowResponse;
import io.tasklane.v1.Workflow;
import io.tasklane.v1.WorkflowServiceGrpc;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Starts trees of {@link Nodes} and templates, watches them and waits for them. */
public final class Workflows {
  private static final Set<Workflow.State> ENDED =
      EnumSet.of(
          Workflow.State.STATE_SUCCEEDED,
          Workflow.State.STATE_FAILED,
          Workflow.State.STATE_CANCELLED);

  private final Connection connection;
  private final Payloads payloads;
  private final WorkflowServiceGrpc.WorkflowServiceBlockingStub service;

  Workflows(Connection connection, Payloads payloads) {
    this.connection = connection;
    this.payloads = payloads;
    service = WorkflowServiceGrpc.newBlockingStub(connection.channel());
  }

  /**
   * Starts a tree.
   *
   * @param inputs JSON values by name, which expressions read as inputs.NAME
   * @return its name, "workflows/{workflow}"
   */
  public String start(Node.Builder root, Map<String, ?> inputs) {
    Workflow.Builder workflow = Workflow.newBuilder().setRoot(root);
    inputs.forEach((key, value) -> workflow.putInputs(key, input(value)));
    return start(StartWorkflowRequest.newBuilder().setWorkflow(workflow));
  }

  private static Payload input(Object value) {
    return Payload.newBuilder().setInline(Payloads.json(value)).build();
  }

  /**
   * Starts a template, or a tree with further fields; nodes without an id and the request get one.
   */
  public String start(StartWorkflowRequest.Builder request) {
    if (request.getWorkflow().hasRoot()) {
      Node.Builder root = request.getWorkflowBuilder().getRootBuilder();
      request.getWorkflowBuilder().setRoot(Nodes.named(root));
    }
    StartWorkflowRequest whole = request.setRequestId(requestId()).build();
    return connection.call(
        left -> within(service, left).startWorkflow(whole).getWorkflow().getName());
  }

  /** Shows a workflow with its changed nodes now and after every change, and returns at its end. */
  public void watch(String name, Consumer<WatchWorkflowResponse> reader) {
    WatchWorkflowRequest request = WatchWorkflowRequest.newBuilder().setName(name).build();
    boolean[] ended = {false};
    try (Messages<WatchWorkflowResponse> changes =
        new Messages<>(
            connection,
            () -> ended[0] ? Optional.empty() : Optional.of(service.watchWorkflow(request)),
            false)) {
      while (changes.hasNext()) {
        WatchWorkflowResponse change = changes.next();
        ended[0] = ENDED.contains(change.getWorkflow().getState());
        reader.accept(change);
      }
    }
  }

  /** Waits until a workflow has ended. */
  public Workflow await(String name) {
    watch(name, change -> {});
    return get(name);
  }

  /** A workflow as it is now. */
  public Workflow get(String name) {
    GetWorkflowRequest request = GetWorkflowRequest.newBuilder().setName(name).build();
    return connection.call(left -> within(service, left).getWorkflow(request).getWorkflow());
  }

  /**
   * Waits for a workflow, and returns its result.
   *
   * @param type what JSON is read as
   * @throws WorkflowFailedException if it did not succeed
   */
  public <T> T result(String name, Class<T> type) {
    Workflow workflow = await(name);
    if (workflow.getState() != Workflow.State.STATE_SUCCEEDED) {
      throw new WorkflowFailedException(workflow);
    }
    return payloads.value(workflow.getResult(), type);
  }

  /** Cancels what is open of a workflow. */
  public Workflow cancel(String name, String reason) {
    CancelWorkflowRequest request =
        CancelWorkflowRequest.newBuilder()
            .setRequestId(requestId())
            .setName(name)
            .setReason(reason)
            .build();
    return connection.call(left -> within(service, left).cancelWorkflow(request).getWorkflow());
  }
}
