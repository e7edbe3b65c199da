package io.tasklane.system;

import com.google.protobuf.util.JsonFormat;
import io.tasklane.v1.GetWorkflowRequest;
import io.tasklane.v1.StartWorkflowRequest;
import io.tasklane.v1.WatchWorkflowRequest;
import io.tasklane.v1.Workflow;
import io.tasklane.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import java.io.IOException;

/** Trees of workflows as JSON, and the words that tests use on workflows. */
final class WorkflowTrees {
  private WorkflowTrees() {}

  /** A node; quotes are written as apostrophes. */
  static String node(String id, String kind) {
    return "{'node_id':'" + id + "'," + kind + "}";
  }

  /** A task. */
  static String task(String id, String queue, String type, String more) {
    return node(id, "'task':{'queue':'" + queue + "','task_type':'" + type + "'}" + more);
  }

  /** A task whose result is its input, which is what the node before it left. */
  static String echo(String id) {
    return task(id, Client.DATA, "system.echo", "");
  }

  /** A chain. */
  static String chain(String id, String... nodes) {
    return node(id, "'chain':{'nodes':[" + String.join(",", nodes) + "]}");
  }

  /** A group. */
  static String group(String id, String... nodes) {
    return node(id, "'group':{'nodes':[" + String.join(",", nodes) + "]}");
  }

  /** A request to start this tree. */
  static StartWorkflowRequest.Builder start(String root) {
    StartWorkflowRequest.Builder request = StartWorkflowRequest.newBuilder();
    try {
      JsonFormat.parser()
          .merge("{\"workflow\":{\"root\":" + root.replace('\'', '"') + "}}", request);
    } catch (IOException malformed) {
      throw new IllegalArgumentException(root, malformed);
    }
    return request;
  }

  /** The workflow as it is now. */
  static Workflow get(WorkflowServiceBlockingStub workflows, String name) {
    return workflows
        .getWorkflow(GetWorkflowRequest.newBuilder().setName(name).build())
        .getWorkflow();
  }

  /** Waits for the end. */
  static Workflow end(WorkflowServiceBlockingStub workflows, String name) {
    workflows
        .watchWorkflow(WatchWorkflowRequest.newBuilder().setName(name).build())
        .forEachRemaining(change -> {});
    return get(workflows, name);
  }
}
