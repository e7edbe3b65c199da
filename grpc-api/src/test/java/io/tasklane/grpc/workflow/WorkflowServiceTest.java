package io.tasklane.grpc.workflow;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.grpc.WorkflowsOfTest;
import io.tasklane.v1.DecideNodeRequest;
import io.tasklane.v1.DeleteWorkflowRequest;
import io.tasklane.v1.GetWorkflowRequest;
import io.tasklane.v1.ListWorkflowNodesRequest;
import io.tasklane.v1.ListWorkflowNodesResponse;
import io.tasklane.v1.ListWorkflowsRequest;
import io.tasklane.v1.NodeStatus;
import io.tasklane.v1.Payload;
import io.tasklane.v1.RetryWorkflowRequest;
import io.tasklane.v1.StartWorkflowRequest;
import io.tasklane.v1.Workflow;
import io.tasklane.v1.WorkflowServiceGrpc;
import io.tasklane.workflow.definition.Chain;
import io.tasklane.workflow.definition.Choice;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.ForEach;
import io.tasklane.workflow.definition.Group;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.SubWorkflow;
import io.tasklane.workflow.definition.TaskNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workflows over the wire. */
@Timeout(30)
class WorkflowServiceTest {
  private static final String TASK =
      "\"task\":{\"queue\":\"queues/Q\",\"task_type\":\"system.echo\"}";

  private ApiOfTest api;
  private WorkflowServiceGrpc.WorkflowServiceBlockingStub workflows;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
    workflows =
        WorkflowServiceGrpc.newBlockingStub(api.channel).withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private Workflow start(String json) {
    return workflows.startWorkflow(request(json)).getWorkflow();
  }

  private static StartWorkflowRequest request(String json) {
    StartWorkflowRequest.Builder request = StartWorkflowRequest.newBuilder();
    try {
      JsonFormat.parser().merge(json, request);
    } catch (IOException malformed) {
      throw new IllegalArgumentException(malformed);
    }
    return request.build();
  }

  private static String node(String id, String kind) {
    return "{\"node_id\":\"" + id + "\"," + kind + "}";
  }

  private static String workflow(String root) {
    return "{\"workflow\":{\"root\":" + root + "}}";
  }

  private static List<String> violations(ThrowingCallable call) {
    Throwable refused = catchThrowable(call);
    return ApiOfTest.detail(refused, BadRequest.class)
        .orElseThrow()
        .getFieldViolationsList()
        .stream()
        .map(violation -> violation.getReason() + " " + violation.getField())
        .toList();
  }

  @Test
  void a_tree_arrives_as_it_was_written() {
    String tree =
        node(
            "all",
            "\"chain\":{\"nodes\":["
                + node(
                    "c",
                    "\"condition\":{\"condition\":\"inputs.x > 1\",\"then\":"
                        + node("yes", TASK)
                        + ",\"otherwise\":"
                        + node("no", TASK)
                        + "}")
                + ","
                + node(
                    "g",
                    "\"group\":{\"maximum_parallel\":2,\"failure_policy\":\"FAILURE_POLICY_IGNORE\","
                        + "\"nodes\":["
                        + node("a", TASK + ",\"task_expressions\":{\"priority\":\"7\"}")
                        + "]}")
                + ","
                + node(
                    "e", "\"for_each\":{\"items\":\"inputs.s\",\"node\":" + node("t", TASK) + "}")
                + ","
                + node(
                    "ok",
                    "\"event_wait\":{\"approvals\":2,\"timeout\":\"60s\","
                        + "\"on_timeout\":\"ON_TIMEOUT_SKIP\"}")
                + ","
                + node(
                    "news",
                    "\"event_wait\":{\"event_type\":\"market.*\","
                        + "\"condition\":\"event.data.n > 1\",\"then\":"
                        + node("read", TASK)
                        + "}")
                + "]}");
    start(workflow(tree));
    Node root = api.workflows.started.orElseThrow().definition().root();
    List<Node> nodes = ((Chain) root.kind()).nodes();

    Choice choice = (Choice) nodes.get(0).kind();
    assertThat(choice.condition()).isEqualTo("inputs.x > 1");
    assertThat(choice.otherwise().orElseThrow().id()).isEqualTo("no");
    Group group = (Group) nodes.get(1).kind();
    assertThat(group.policy()).isEqualTo(FailurePolicy.IGNORE);
    assertThat(group.maximumParallel()).isEqualTo(2);
    TaskNode task = (TaskNode) group.nodes().get(0).kind();
    assertThat(task.expressions().priority()).contains("7");
    assertThat(task.priority()).as("not given").isEmpty();
    assertThat(((ForEach) nodes.get(2).kind()).batchSize()).isOne();
    EventWait wait = (EventWait) nodes.get(3).kind();
    assertThat(wait.timeout()).contains(Duration.ofMinutes(1));
    assertThat(wait.onTimeout()).isEqualTo(EventWait.OnTimeout.SKIP);
    EventWait news = (EventWait) nodes.get(4).kind();
    assertThat(news.eventType()).isEqualTo("market.*");
    assertThat(news.condition()).contains("event.data.n > 1");
    assertThat(news.then().orElseThrow().id()).isEqualTo("read");
  }

  @Test
  void a_workflow_is_shown_with_what_was_given_and_how_far_it_is() {
    Workflow asked =
        request(workflow(node("t", TASK))).getWorkflow().toBuilder()
            .putInputs("x", Payload.newBuilder().setInline(ByteString.copyFromUtf8("[1]")).build())
            .build();
    Workflow started =
        workflows
            .startWorkflow(
                StartWorkflowRequest.newBuilder().setWorkflowId("w").setWorkflow(asked).build())
            .getWorkflow();
    Workflow read =
        workflows
            .getWorkflow(GetWorkflowRequest.newBuilder().setName("workflows/w").build())
            .getWorkflow();

    assertThat(read).isEqualTo(started);
    assertThat(read.getName()).isEqualTo("workflows/w");
    assertThat(read.getRoot()).isEqualTo(asked.getRoot());
    assertThat(read.getInputsMap()).isEqualTo(asked.getInputsMap());
    assertThat(read.getState()).isEqualTo(Workflow.State.STATE_RUNNING);
    assertThat(read.getEtag()).isEqualTo("\"3\"");
    NodeStatus node = read.getNodeStatuses(0);
    assertThat(node.getIndexList()).containsExactly(4);
    assertThat(node.getTask()).isEqualTo("tasks/x");
    assertThat(node.getState()).isEqualTo(NodeStatus.State.STATE_RUNNING);
  }

  @Test
  void every_fault_of_a_tree_is_a_line_with_its_path() {
    String tree =
        node(
            "all",
            "\"chain\":{\"nodes\":["
                + node("a", TASK.replace("queues/Q", "queues/ABSENT"))
                + ","
                + node("b", TASK + ",\"task_expressions\":{\"input\":{\"k\":\"1 +\"}}")
                + ","
                + node("a", TASK)
                + "]}");

    assertThat(violations(() -> start(workflow(tree))))
        .containsExactlyInAnyOrder(
            "QUEUE_UNKNOWN workflow.root.chain.nodes[0].task.queue",
            "NODE_ID_DUPLICATE workflow.root.chain.nodes[2].node_id",
            "EXPRESSION workflow.root.chain.nodes[1].task_expressions.input[\"k\"]");
    assertThat(api.workflows.started).isEmpty();
  }

  @Test
  void a_node_may_be_a_workflow_of_a_template_in_a_version() {
    String kind = "\"workflow\":{\"template\":\"workflowTemplates/x%s\",\"inputs\":{\"n\":\"1\"}}";
    start(workflow(node("n", kind.formatted("@12"))));
    assertThat(api.workflows.started.orElseThrow().definition().root().kind())
        .isEqualTo(new SubWorkflow("x", OptionalInt.of(12), Map.of("n", "1")));
    start(workflow(node("n", kind.formatted(""))));
    assertThat(api.workflows.started.orElseThrow().definition().root().kind())
        .isEqualTo(new SubWorkflow("x", OptionalInt.empty(), Map.of("n", "1")));
  }

  @Test
  void the_rules_of_the_contract_hold_within_a_tree() {
    String deep =
        node("g", "\"group\":{\"maximum_parallel\":-1,\"nodes\":[" + node("n", TASK) + "]}");
    assertThat(violations(() -> start(workflow(deep))))
        .containsExactly("INVALID_FIELD workflow.root.group.maximum_parallel");
    assertThat(violations(() -> start(workflow(node("1x", TASK)))))
        .containsExactly("INVALID_FIELD workflow.root.node_id");
    assertThat(violations(() -> start("{}"))).containsExactly("INVALID_FIELD workflow.root");
  }

  @Test
  void a_check_starts_nothing() {
    StartWorkflowRequest request =
        request(workflow(node("t", TASK))).toBuilder().setValidateOnly(true).build();
    assertThat(workflows.startWorkflow(request).getWorkflow()).isEqualTo(request.getWorkflow());
    assertThat(api.workflows.started).isEmpty();
  }

  @Test
  void requests_name_nodes_and_people() {
    start(workflow(node("t", TASK)));
    RetryWorkflowRequest.Builder retry =
        RetryWorkflowRequest.newBuilder().setName("workflows/w").setReason("again");
    retry.addNodesBuilder().setNodeId("t").addIndex(4);
    workflows.retryWorkflow(retry.build());
    DecideNodeRequest.Builder decide =
        DecideNodeRequest.newBuilder()
            .setName("workflows/w")
            .setNodeId("t")
            .addIndex(4)
            .setDecision(DecideNodeRequest.Decision.DECISION_REJECT);
    assertThat(workflows.decideNode(decide.build()).getNode().getNodeId()).isEqualTo("t");
    workflows.decideNode(decide.setPrincipal("user:ann").build());
    workflows.deleteWorkflow(
        DeleteWorkflowRequest.newBuilder().setName("workflows/w").setEtag("\"3\"").build());

    assertThat(api.workflows.asked)
        .containsExactly(
            "retry w [t[4]] again",
            "decide t[4] false anonymous",
            "decide t[4] false user:ann",
            "delete w Optional[\"3\"]");
  }

  @Test
  void pages_of_nodes_go_on_after_the_last_one_and_filters_are_read() {
    start(workflow(node("t", TASK)));
    ListWorkflowNodesRequest.Builder request =
        ListWorkflowNodesRequest.newBuilder().setName("workflows/w").setPageSize(1);
    ListWorkflowNodesResponse first = workflows.listWorkflowNodes(request.build());
    workflows.listWorkflowNodes(request.setPageToken(first.getNextPageToken()).build());
    workflows.listWorkflows(
        ListWorkflowsRequest.newBuilder()
            .setFilter("state = RUNNING AND labels.desk = fx")
            .build());

    assertThat(api.workflows.asked)
        .containsExactly("nodes after none", "nodes after t[4]", "list [RUNNING]{desk=fx} 50");
    assertThat(
            codeAndReason(
                catchThrowable(
                    () ->
                        workflows.listWorkflows(
                            ListWorkflowsRequest.newBuilder().setFilter("template = x").build()))))
        .isEqualTo("INVALID_ARGUMENT FILTER");
  }

  @Test
  void the_answer_that_is_kept_is_the_answer_that_was_given() throws IOException {
    Workflow first =
        start("{\"request_id\":\"r\",\"workflow\":{\"root\":" + node("t", TASK) + "}}");
    byte[] kept =
        api.workflows
            .lastChange
            .encoder()
            .apply(
                WorkflowsOfTest.running("drawn", api.workflows.started.orElseThrow().document()));

    assertThat(io.tasklane.v1.StartWorkflowResponse.parseFrom(kept).getWorkflow()).isEqualTo(first);
    assertThat(api.workflows.lastChange.requestId()).contains("r");
  }
}
