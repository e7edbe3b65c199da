package io.tasklane.system;

import static io.tasklane.system.WorkflowTrees.chain;
import static io.tasklane.system.WorkflowTrees.echo;
import static io.tasklane.system.WorkflowTrees.node;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import io.tasklane.v1.Attempt;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.CreateWorkflowTemplateRequest;
import io.tasklane.v1.ListTaskAttemptsRequest;
import io.tasklane.v1.ListWorkflowsRequest;
import io.tasklane.v1.Payload;
import io.tasklane.v1.Task;
import io.tasklane.v1.Workflow;
import io.tasklane.v1.WorkflowTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Queues that a workflow runs one after another keep that order over a kill of everything. */
@ExtendWith(RestartedServer.Shared.class)
class QueueOrderCrashIT {
  private static final List<String> ORDER = List.of(Client.PORTFOLIO, Client.DATA, Client.AI);
  private static final int IN_QUEUE = 15;
  private static final int LONGEST_MILLIS = 1_500;

  private final List<List<String>> tasks = new ArrayList<>();

  private static String queueRun(String id, String queue) {
    return node(id, "'queue_run':{'queue':'" + queue + "'}");
  }

  /** A workflow of two tasks; gives the node that starts it. */
  private static String inner(Client client) {
    String id = "inner" + System.nanoTime();
    Workflow tree = WorkflowTrees.start(chain("two", echo("a"), echo("b"))).getWorkflow();
    client
        .templates()
        .createWorkflowTemplate(
            CreateWorkflowTemplateRequest.newBuilder()
                .setWorkflowTemplateId(id)
                .setWorkflowTemplate(WorkflowTemplate.newBuilder().setWorkflow(tree))
                .build());
    return node("in", "'workflow':{'template':'workflowTemplates/" + id + "'}");
  }

  /** Tasks that wait, because their queue is paused. */
  private static List<String> fill(Client client, String queue) {
    client.pause(queue);
    Task.Builder task =
        Task.newBuilder()
            .setQueue(queue)
            .setTaskType("system.sleep")
            .setInput(Payload.newBuilder().setInline(ByteString.copyFromUtf8("{\"millis\":20}")));
    List<String> names = new ArrayList<>();
    for (int i = 0; i < IN_QUEUE; i++) {
      CreateTaskRequest request = CreateTaskRequest.newBuilder().setTask(task).build();
      names.add(client.tasks().createTask(request).getTask().getName());
    }
    return names;
  }

  private static List<Attempt> runs(Client client, List<String> names) {
    return names.stream()
        .map(name -> ListTaskAttemptsRequest.newBuilder().setName(name).build())
        .flatMap(one -> client.tasks().listTaskAttempts(one).getAttemptsList().stream())
        .toList();
  }

  @Test
  void nothing_starts_out_of_order_and_a_workflow_inside_starts_once(RestartedServer restarted)
      throws Exception {
    RunningServer server = restarted.running();
    int millis = new Random().nextInt(LONGEST_MILLIS);
    String name;
    try (Client client = server.client()) {
      ORDER.forEach(queue -> tasks.add(fill(client, queue)));
      String tree =
          chain(
              "all",
              queueRun("p", ORDER.get(0)),
              inner(client),
              queueRun("d", ORDER.get(1)),
              queueRun("i", ORDER.get(2)));
      name =
          client
              .workflows()
              .startWorkflow(WorkflowTrees.start(tree).build())
              .getWorkflow()
              .getName();
      ORDER.forEach(client::resume);
      Thread.sleep(millis);
      server.killTree();
    }
    System.out.println("queues in order: killed after " + millis + " ms");
    try (Client client = restarted.startAgain().client()) {
      Workflow ended = WorkflowTrees.end(client.workflows(), name);
      assertThat(ended.getState()).as(ended.toString()).isEqualTo(Workflow.State.STATE_SUCCEEDED);
      for (int i = 1; i < ORDER.size(); i++) {
        assertThat(firstStart(client, tasks.get(i)))
            .as("%s after %s, killed after %d ms", ORDER.get(i), ORDER.get(i - 1), millis)
            .isGreaterThanOrEqualTo(lastEnd(client, tasks.get(i - 1)));
      }
      assertThat(
              client
                  .workflows()
                  .listWorkflows(ListWorkflowsRequest.newBuilder().setPageSize(500).build())
                  .getWorkflowsList())
          .filteredOn(one -> one.getOuterWorkflow().equals(name))
          .singleElement()
          .extracting(Workflow::getState)
          .isEqualTo(Workflow.State.STATE_SUCCEEDED);
    }
  }

  private static long firstStart(Client client, List<String> names) {
    return runs(client, names).stream()
        .mapToLong(run -> Timestamps.toNanos(run.getStartTime()))
        .min()
        .orElseThrow();
  }

  private static long lastEnd(Client client, List<String> names) {
    return runs(client, names).stream()
        .mapToLong(run -> Timestamps.toNanos(run.getEndTime()))
        .max()
        .orElseThrow();
  }
}
