package io.tasklane.system;

import static io.tasklane.system.Refusals.refused;
import static io.tasklane.system.WorkflowTrees.node;
import static io.tasklane.system.WorkflowTrees.start;
import static io.tasklane.system.WorkflowTrees.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.tasklane.v1.CancelWorkflowRequest;
import io.tasklane.v1.DecideNodeRequest;
import io.tasklane.v1.DeleteWorkflowRequest;
import io.tasklane.v1.ForecastWorkflowRequest;
import io.tasklane.v1.GetWorkflowRequest;
import io.tasklane.v1.ListWorkflowNodesRequest;
import io.tasklane.v1.ListWorkflowsRequest;
import io.tasklane.v1.NodeStatus;
import io.tasklane.v1.PauseWorkflowRequest;
import io.tasklane.v1.Payload;
import io.tasklane.v1.ResumeWorkflowRequest;
import io.tasklane.v1.RetryWorkflowRequest;
import io.tasklane.v1.StartWorkflowResponse;
import io.tasklane.v1.WatchWorkflowRequest;
import io.tasklane.v1.Workflow;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each refusal of the calls about workflows, and the same answer for a repeated request. */
@ExtendWith(SharedServer.class)
class WorkflowPromisesIT {
  private static final String BAD = "INVALID_ARGUMENT INVALID_FIELD";
  private static final String REUSED = "INVALID_ARGUMENT REQUEST_ID_REUSED";
  private static final String MISSING = "NOT_FOUND WORKFLOW_NOT_FOUND";
  private static final String ENDED = "FAILED_PRECONDITION WORKFLOW_ENDED";
  private static final String NOWHERE = "workflows/nowhere";

  private static final String APPROVAL = node("ok", "'event_wait':{'approvals':2}");

  private static String open(Client client) {
    return client.workflows().startWorkflow(start(APPROVAL).build()).getWorkflow().getName();
  }

  private static DecideNodeRequest.Builder decision(String name, String principal) {
    return DecideNodeRequest.newBuilder()
        .setName(name)
        .setNodeId("ok")
        .setPrincipal(principal)
        .setDecision(DecideNodeRequest.Decision.DECISION_APPROVE);
  }

  @Test
  void of_starting(Client client) {
    String id = UUID.randomUUID().toString();
    var request = start(APPROVAL).setRequestId(id).setWorkflowId("started-" + id).build();
    StartWorkflowResponse first = client.workflows().startWorkflow(request);
    assertThat(client.workflows().startWorkflow(request)).isEqualTo(first);
    refused(
        REUSED,
        () -> client.workflows().startWorkflow(request.toBuilder().setWorkflowId("x").build()));
    refused(
        "ALREADY_EXISTS WORKFLOW_EXISTS",
        () -> client.workflows().startWorkflow(request.toBuilder().clearRequestId().build()));
    for (String[] wrong :
        new String[][] {
          {task("1", Client.DATA, "system.echo", ""), BAD},
          {task("a", "queues/NOWHERE", "system.echo", ""), "INVALID_ARGUMENT QUEUE_UNKNOWN"},
          {task("a", Client.DATA, "nothing", ""), "INVALID_ARGUMENT TASK_TYPE_UNKNOWN"},
          {node("q", "'queue_run':{'queue':'queues/X'}"), "INVALID_ARGUMENT QUEUE_UNKNOWN"}
        }) {
      refused(wrong[1], () -> client.workflows().startWorkflow(start(wrong[0]).build()));
    }
    var large = start(APPROVAL);
    large
        .getWorkflowBuilder()
        .putInputs(
            "x", Payload.newBuilder().setInline(ByteString.copyFrom(new byte[300_000])).build());
    refused(
        "INVALID_ARGUMENT PAYLOAD_TOO_LARGE",
        () -> client.workflows().startWorkflow(large.build()));
    cancel(client, first.getWorkflow().getName());
  }

  @Test
  void of_looking_at_workflows(Client client) {
    for (String[] wrong : new String[][] {{"x", BAD}, {NOWHERE, MISSING}}) {
      var get = GetWorkflowRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.workflows().getWorkflow(get));
      var watch = WatchWorkflowRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.workflows().watchWorkflow(watch).next());
      var nodes = ListWorkflowNodesRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.workflows().listWorkflowNodes(nodes));
    }
    var list = ListWorkflowsRequest.newBuilder();
    refused(BAD, () -> client.workflows().listWorkflows(list.setPageSize(501).build()));
    list.clear();
    refused(
        "INVALID_ARGUMENT PAGE_TOKEN",
        () -> client.workflows().listWorkflows(list.setPageToken("x").build()));
    list.clear();
    refused(
        "INVALID_ARGUMENT FILTER",
        () -> client.workflows().listWorkflows(list.setFilter("colour = red").build()));
    var nodes = ListWorkflowNodesRequest.newBuilder().setName(NOWHERE);
    refused(
        "INVALID_ARGUMENT PAGE_TOKEN",
        () -> client.workflows().listWorkflowNodes(nodes.setPageToken("x").build()));
    refused(
        "INVALID_ARGUMENT FILTER",
        () ->
            client
                .workflows()
                .listWorkflowNodes(nodes.clearPageToken().setFilter("colour = red").build()));
  }

  @Test
  void of_forecasting(Client client) {
    String ended = open(client);
    cancel(client, ended);
    for (String[] wrong : new String[][] {{"x", BAD}, {NOWHERE, MISSING}, {ended, ENDED}}) {
      var named = ForecastWorkflowRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.workflows().forecastWorkflow(named));
    }
    for (String[] wrong :
        new String[][] {
          {task("1", Client.DATA, "system.echo", ""), BAD},
          {task("a", "queues/NOWHERE", "system.echo", ""), "INVALID_ARGUMENT QUEUE_UNKNOWN"},
          {task("a", Client.DATA, "nothing", ""), "INVALID_ARGUMENT TASK_TYPE_UNKNOWN"}
        }) {
      refused(wrong[1], () -> client.workflows().forecastWorkflow(planned(wrong[0]).build()));
    }
    var template =
        ForecastWorkflowRequest.newBuilder().setTemplate("workflowTemplates/nowhere").build();
    refused(
        "INVALID_ARGUMENT TEMPLATE_UNKNOWN", () -> client.workflows().forecastWorkflow(template));
    var large = planned(APPROVAL);
    large
        .getWorkflowBuilder()
        .putInputs(
            "x", Payload.newBuilder().setInline(ByteString.copyFrom(new byte[300_000])).build());
    refused(
        "INVALID_ARGUMENT PAYLOAD_TOO_LARGE",
        () -> client.workflows().forecastWorkflow(large.build()));
  }

  private static ForecastWorkflowRequest.Builder planned(String node) {
    return ForecastWorkflowRequest.newBuilder().setWorkflow(start(node).getWorkflow());
  }

  @Test
  void of_pausing_resuming_and_cancelling(Client client) {
    String name = open(client);
    String id = UUID.randomUUID().toString();
    var pause = PauseWorkflowRequest.newBuilder().setName(name).setRequestId(id);
    var resume = ResumeWorkflowRequest.newBuilder().setName(name).setRequestId(id);
    var cancel = CancelWorkflowRequest.newBuilder().setName(name).setRequestId(id);
    assertThat(client.workflows().pauseWorkflow(pause.build()).getWorkflow().getPaused()).isTrue();
    client.workflows().resumeWorkflow(resume.build());
    Workflow cancelled = client.workflows().cancelWorkflow(cancel.build()).getWorkflow();
    assertThat(cancelled.getState()).isEqualTo(Workflow.State.STATE_CANCELLED);

    refused(REUSED, () -> client.workflows().pauseWorkflow(pause.setReason("y").build()));
    refused(REUSED, () -> client.workflows().resumeWorkflow(resume.setReason("y").build()));
    refused(REUSED, () -> client.workflows().cancelWorkflow(cancel.setReason("y").build()));
    for (String[] wrong : new String[][] {{"x", BAD}, {NOWHERE, MISSING}, {name, ENDED}}) {
      var p = PauseWorkflowRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.workflows().pauseWorkflow(p));
      var r = ResumeWorkflowRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.workflows().resumeWorkflow(r));
      var c = CancelWorkflowRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.workflows().cancelWorkflow(c));
    }
  }

  @Test
  void of_deciding(Client client) {
    String name = open(client);
    String id = UUID.randomUUID().toString();
    var first = decision(name, "user:ann").setRequestId(id).build();
    assertThat(client.workflows().decideNode(first).getNode().getApproversCount()).isOne();
    assertThat(client.workflows().decideNode(first).getNode().getApproversCount()).isOne();
    refused(REUSED, () -> client.workflows().decideNode(first.toBuilder().setReason("y").build()));
    refused(
        "FAILED_PRECONDITION ALREADY_APPROVED",
        () -> client.workflows().decideNode(decision(name, "user:ann").build()));
    refused(
        "FAILED_PRECONDITION NODE_NOT_WAITING",
        () -> client.workflows().decideNode(decision(name, "user:bob").setNodeId("no").build()));
    NodeStatus last = client.workflows().decideNode(decision(name, "user:bob").build()).getNode();
    assertThat(last.getState()).isEqualTo(NodeStatus.State.STATE_SUCCEEDED);
    for (String[] wrong : new String[][] {{"x", BAD}, {NOWHERE, MISSING}, {name, ENDED}}) {
      var again = decision(wrong[0], "user:eve").build();
      refused(wrong[1], () -> client.workflows().decideNode(again));
    }
  }

  @Test
  void of_retrying_and_deleting(Client client) {
    String name = open(client);
    String id = UUID.randomUUID().toString();
    var retry = RetryWorkflowRequest.newBuilder().setName(name);
    var delete = DeleteWorkflowRequest.newBuilder().setName(name);
    String early = "FAILED_PRECONDITION WORKFLOW_NOT_ENDED";
    refused(early, () -> client.workflows().retryWorkflow(retry.build()));
    refused(early, () -> client.workflows().deleteWorkflow(delete.build()));
    cancel(client, name);
    client.workflows().retryWorkflow(retry.setRequestId(id).build());
    refused(REUSED, () -> client.workflows().retryWorkflow(retry.setReason("y").build()));
    client.workflows().decideNode(decision(name, "user:ann").build());
    client.workflows().decideNode(decision(name, "user:bob").build());
    refused(
        "FAILED_PRECONDITION NOTHING_TO_RETRY",
        () -> client.workflows().retryWorkflow(retry.clearRequestId().build()));
    refused(
        "ABORTED ETAG_MISMATCH",
        () -> client.workflows().deleteWorkflow(delete.setEtag("\"1\"").build()));
    client.workflows().deleteWorkflow(delete.clearEtag().setRequestId(id).build());
    refused(REUSED, () -> client.workflows().deleteWorkflow(delete.setName(NOWHERE).build()));
    for (String[] wrong : new String[][] {{"x", BAD}, {NOWHERE, MISSING}}) {
      var r = RetryWorkflowRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.workflows().retryWorkflow(r));
      var d = DeleteWorkflowRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.workflows().deleteWorkflow(d));
    }
  }

  private static void cancel(Client client, String name) {
    client.workflows().cancelWorkflow(CancelWorkflowRequest.newBuilder().setName(name).build());
  }
}
