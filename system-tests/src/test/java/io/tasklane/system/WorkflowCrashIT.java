package io.tasklane.system;

import static io.tasklane.system.WorkflowTrees.chain;
import static io.tasklane.system.WorkflowTrees.echo;
import static io.tasklane.system.WorkflowTrees.group;
import static io.tasklane.system.WorkflowTrees.node;
import static io.tasklane.system.WorkflowTrees.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import io.tasklane.v1.CancelWorkflowRequest;
import io.tasklane.v1.NodeStatus;
import io.tasklane.v1.Payload;
import io.tasklane.v1.StartWorkflowRequest;
import io.tasklane.v1.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Workflows go on after everything was killed in the middle of them, and lose no step. */
@ExtendWith(RestartedServer.Shared.class)
class WorkflowCrashIT {
  private static final int WORKFLOWS = 20;
  private static final int OPEN = 5_000;
  private static final String SLEEP = ",'task_expressions':{'input':{'millis':'inputs.millis'}}";

  @Test
  void chains_and_groups_go_on_after_a_kill_and_pass_the_right_outputs(RestartedServer restarted)
      throws Exception {
    String tree =
        chain(
            "all",
            echo("first"),
            group(
                "side",
                task("ai", Client.AI, "system.sleep", SLEEP),
                chain("two", echo("a"), echo("b")),
                task(
                    "n",
                    Client.PORTFOLIO,
                    "system.echo",
                    ",'task_expressions':{'input':{'n':'inputs.n * 2'}}")),
            task(
                "last",
                Client.DATA,
                "system.echo",
                ",'task_expressions':{'input':{'n':'outputs.side[2].n + 1',"
                    + "'depth':'outputs.side[1].input.input'}}"));
    RunningServer server = restarted.running();
    List<String> names = new ArrayList<>();
    long seed = System.nanoTime();
    System.out.println("workflows under a kill: seed " + seed);
    try (Client client = server.client()) {
      for (int i = 0; i < WORKFLOWS; i++) {
        StartWorkflowRequest.Builder request = WorkflowTrees.start(tree);
        request
            .getWorkflowBuilder()
            .putInputs("n", json(Integer.toString(i)))
            .putInputs("millis", json("40"));
        names.add(client.workflows().startWorkflow(request.build()).getWorkflow().getName());
      }
      Thread.sleep(new Random(seed).nextInt(700));
      server.killTree();
    }
    try (Client client = restarted.startAgain().client()) {
      for (int i = 0; i < WORKFLOWS; i++) {
        Workflow ended = WorkflowTrees.end(client.workflows(), names.get(i));
        assertThat(ended.getState()).as(ended.toString()).isEqualTo(Workflow.State.STATE_SUCCEEDED);
        Value.Builder result = Value.newBuilder();
        JsonFormat.parser().merge(ended.getResult().getInline().toStringUtf8(), result);
        assertThat(result.getStructValue().getFieldsOrThrow("n").getNumberValue())
            .isEqualTo(2 * i + 1);
        assertThat(ended.getNodeStatusesList())
            .hasSize(9)
            .extracting(NodeStatus::getState)
            .containsOnly(NodeStatus.State.STATE_SUCCEEDED);
      }
    }
  }

  @Test
  void a_cancel_of_five_thousand_open_tasks_goes_on_after_a_kill(RestartedServer restarted)
      throws Exception {
    String tree =
        node(
            "e",
            "'for_each':{'items':'inputs.s','node':"
                + node(
                    "t",
                    "'task':{'queue':'"
                        + Client.DATA
                        + "','task_type':'system.echo','run_after_time':'2100-01-01T00:00:00Z'}")
                + "}");
    RunningServer server = restarted.running();
    String name;
    try (Client client = server.client()) {
      StartWorkflowRequest.Builder request = WorkflowTrees.start(tree);
      String list = "[" + "1,".repeat(OPEN - 1) + "1]";
      request.getWorkflowBuilder().putInputs("s", json(list));
      name = client.workflows().startWorkflow(request.build()).getWorkflow().getName();
      client.workflows().cancelWorkflow(CancelWorkflowRequest.newBuilder().setName(name).build());
      assertThat(WorkflowTrees.get(client.workflows(), name).getState())
          .isEqualTo(Workflow.State.STATE_CANCELLING);
      Thread.sleep(new Random().nextInt(300));
      server.killTree();
    }
    try (Client client = restarted.startAgain().client()) {
      Workflow ended = WorkflowTrees.end(client.workflows(), name);
      assertThat(ended.getState()).isEqualTo(Workflow.State.STATE_CANCELLED);
      assertThat(ended.getNodeStatusesList())
          .extracting(NodeStatus::getState)
          .containsOnly(NodeStatus.State.STATE_CANCELLED);
    }
  }

  private static Payload json(String text) {
    return Payload.newBuilder().setInline(ByteString.copyFromUtf8(text)).build();
  }
}
