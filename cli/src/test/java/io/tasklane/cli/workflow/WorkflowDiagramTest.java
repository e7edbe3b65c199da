package io.tasklane.cli.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import io.tasklane.v1.NodeStatus;
import io.tasklane.v1.Workflow;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A workflow as a diagram that documents and issue trackers draw. */
class WorkflowDiagramTest {
  @Test
  void boxes_arrows_and_colours_say_what_the_tree_says() throws IOException {
    Workflow.Builder workflow =
        Workflow.newBuilder().setName("workflows/w").setState(Workflow.State.STATE_RUNNING);
    JsonFormat.parser()
        .merge(
            """
            {"root": {"node_id": "all", "chain": {"nodes": [
              {"node_id": "each", "for_each": {"items": "inputs.s", "node":
                {"node_id": "end", "task": {"queue": "queues/Q", "task_type": "t"}}}},
              {"node_id": "q", "queue_run": {"queue": "queues/Q"}, "on_failure":
                {"node_id": "tell", "task": {"queue": "queues/Q", "task_type": "t"}}}]}}}""",
            workflow);
    workflow
        .addNodeStatuses(status("all", NodeStatus.State.STATE_RUNNING))
        .addNodeStatuses(status("each", NodeStatus.State.STATE_RUNNING))
        .addNodeStatuses(status("end", NodeStatus.State.STATE_SUCCEEDED, 0))
        .addNodeStatuses(status("end", NodeStatus.State.STATE_FAILED, 1));

    assertThat(String.join("\n", WorkflowDiagram.lines(workflow.build())))
        .startsWith(
            """
            ---
            title: workflows/w RUNNING
            ---
            flowchart TD
              subgraph n0 ["all chain<br/>RUNNING"]
                subgraph n1 ["each for_each<br/>RUNNING"]
                  n2["end task<br/>1 SUCCEEDED, 1 FAILED"]
                end
                n3["q queue_run<br/>-"]
                n4["tell task<br/>-"]
              end
              class n2 FAILED
              class n1 RUNNING
              n3 -. on failure .-> n4
              n1 --> n3
              class n0 RUNNING
              classDef SUCCEEDED""");
  }

  private static NodeStatus status(String node, NodeStatus.State state, Integer... index) {
    return NodeStatus.newBuilder()
        .setNodeId(node)
        .setState(state)
        .addAllIndex(java.util.List.of(index))
        .build();
  }
}
