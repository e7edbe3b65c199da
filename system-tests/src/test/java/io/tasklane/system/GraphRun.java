package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tasklane.system.GraphModel.Told;
import io.tasklane.v1.BatchCreateTasksRequest;
import io.tasklane.v1.CancelTaskRequest;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.ListTasksRequest;
import io.tasklane.v1.ListTasksResponse;
import io.tasklane.v1.Task;
import io.tasklane.v1.Task.State;
import io.tasklane.v1.WaitTaskRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** One graph on a server: created, partly cancelled, followed to its end, and held to the model. */
final class GraphRun {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final GraphPlan plan;
  private final Random random;
  private final Map<String, Told> cancels = new ConcurrentHashMap<>();

  GraphRun(GraphPlan plan, Random random) {
    this.plan = plan;
    this.random = random;
  }

  GraphPlan plan() {
    return plan;
  }

  /** Creates all its tasks by one request, in a random order. */
  void create(Client client) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, plan.nodes().size()).boxed().toList());
    Collections.shuffle(order, random);
    BatchCreateTasksRequest.Builder all = BatchCreateTasksRequest.newBuilder();
    for (int node : order) {
      String name = plan.nodes().get(node).name();
      all.addRequests(
          CreateTaskRequest.newBuilder()
              .setTaskId(name.substring("tasks/".length()))
              .setTask(plan.task(node)));
    }
    client.tasks().batchCreateTasks(all.build());
  }

  /** Cancels those that the plan says, in a random order. */
  void cancel(Client client, GraphPlan.Cancel when) {
    List<GraphPlan.Node> doomed =
        new ArrayList<>(plan.nodes().stream().filter(node -> node.cancel() == when).toList());
    Collections.shuffle(doomed, random);
    doomed.forEach(node -> cancels.put(node.name(), Told.UNSURE));
    doomed.forEach(node -> cancels.put(node.name(), cancel(client, node.name())));
  }

  private static Told cancel(Client client, String name) {
    try {
      State state =
          client
              .tasks()
              .cancelTask(CancelTaskRequest.newBuilder().setName(name).build())
              .getTask()
              .getState();
      return state == State.STATE_CANCELLED ? Told.CANCELLED : Told.UNSURE;
    } catch (StatusRuntimeException refused) {
      boolean ended = refused.getStatus().getCode() == Status.Code.FAILED_PRECONDITION;
      return ended ? Told.ENDED : Told.UNSURE;
    }
  }

  /** Waits until every task has ended, and holds the ends against the model. */
  void check(Client client) {
    Map<String, Task> ended = ends(client);
    assertThat(new GraphModel(plan, cancels).faults(ended)).as("graph %s", plan.id()).isEmpty();
    for (GraphPlan.Node node : plan.nodes()) {
      Task task = ended.get(node.name());
      for (GraphPlan.Need need : node.needs()) {
        Task needed = ended.get(plan.nodes().get(need.node()).name());
        if (task.hasStartTime()) {
          assertThat(Timestamps.compare(needed.getEndTime(), task.getStartTime()))
              .as("%s started after %s had ended", task.getName(), needed.getName())
              .isLessThanOrEqualTo(0);
        }
      }
    }
  }

  private Map<String, Task> ends(Client client) {
    long give = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Map<String, Task> tasks = list(client);
      assertThat(tasks).hasSameSizeAs(plan.nodes());
      if (tasks.values().stream().allMatch(task -> Client.ENDS.contains(task.getState()))) {
        return tasks;
      }
      List<Task> open =
          tasks.values().stream().filter(t -> !Client.ENDS.contains(t.getState())).toList();
      assertThat(System.nanoTime())
          .as("graph %s has ended: %s", plan.id(), open.stream().map(Task::getName).toList())
          .isLessThan(give);
      // a long poll each: listing over and over would take the time that the tasks need
      open.forEach(
          task ->
              client
                  .tasks()
                  .waitTask(WaitTaskRequest.newBuilder().setName(task.getName()).build()));
    }
  }

  private Map<String, Task> list(Client client) {
    Map<String, Task> tasks = new HashMap<>();
    ListTasksRequest request =
        ListTasksRequest.newBuilder()
            .setPageSize(500)
            .setFilter("labels.graph = \"" + plan.id() + "\"")
            .build();
    ListTasksResponse page = client.tasks().listTasks(request);
    page.getTasksList().forEach(task -> tasks.put(task.getName(), task));
    while (!page.getNextPageToken().isEmpty()) {
      page =
          client
              .tasks()
              .listTasks(request.toBuilder().setPageToken(page.getNextPageToken()).build());
      page.getTasksList().forEach(task -> tasks.put(task.getName(), task));
    }
    return tasks;
  }
}
