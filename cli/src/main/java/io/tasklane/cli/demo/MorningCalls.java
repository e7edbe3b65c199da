package io.tasklane.cli.demo;

import com.google.gson.JsonElement;
import com.google.protobuf.ByteString;
import io.tasklane.cli.apply.ApplyFile;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.output.Json;
import io.tasklane.v1.DecideNodeRequest;
import io.tasklane.v1.GetWorkflowRequest;
import io.tasklane.v1.ListWorkflowNodesRequest;
import io.tasklane.v1.ListWorkflowNodesResponse;
import io.tasklane.v1.NodeStatus;
import io.tasklane.v1.Payload;
import io.tasklane.v1.StartWorkflowRequest;
import io.tasklane.v1.Task;
import io.tasklane.v1.Workflow;
import io.tasklane.v1.WorkflowServiceGrpc;
import io.tasklane.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What the morning asks the server. */
final class MorningCalls {
  /** Who approves, as the server shows it. */
  static final String APPROVER = "demo";

  private static final int PAGE = 500;

  private final Connection connection;
  private final Path template;

  /**
   * Calls to this server.
   *
   * @param template the file of the shipped template
   */
  MorningCalls(Connection connection, Path template) {
    this.connection = connection;
    this.template = template;
  }

  /** Stores the template as it is shipped, and starts it with this input. */
  Workflow start(String input, JsonElement value) {
    String name = ApplyFile.store(template.toString(), connection).get(0);
    Payload payload =
        Payload.newBuilder()
            .setContentType("application/json")
            .setInline(ByteString.copyFromUtf8(Json.line(value)))
            .build();
    return service()
        .startWorkflow(
            StartWorkflowRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setTemplate(name)
                .setWorkflow(
                    Workflow.newBuilder().putInputs(input, payload).putLabels("run", "demo"))
                .build())
        .getWorkflow();
  }

  Workflow workflow(String name) {
    return service()
        .getWorkflow(GetWorkflowRequest.newBuilder().setName(name).build())
        .getWorkflow();
  }

  Task task(String name) {
    return new TaskCalls(connection).get(name);
  }

  boolean isRunning(String workflow, String node) {
    return !nodes(workflow, "node_id = " + node + " AND state = RUNNING").isEmpty();
  }

  void approve(String workflow, String node) {
    service()
        .decideNode(
            DecideNodeRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setName(workflow)
                .setNodeId(node)
                .setDecision(DecideNodeRequest.Decision.DECISION_APPROVE)
                .setPrincipal(APPROVER)
                .setReason("for the demo")
                .build());
  }

  /** All nodes that match. */
  List<NodeStatus> nodes(String workflow, String filter) {
    ListWorkflowNodesRequest.Builder request =
        ListWorkflowNodesRequest.newBuilder().setName(workflow).setFilter(filter).setPageSize(PAGE);
    List<NodeStatus> all = new ArrayList<>();
    do {
      ListWorkflowNodesResponse page = service().listWorkflowNodes(request.build());
      all.addAll(page.getNodesList());
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    return all;
  }

  private WorkflowServiceBlockingStub service() {
    return connection.service(WorkflowServiceGrpc::newBlockingStub);
  }
}
