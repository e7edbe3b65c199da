package io.tasklane.system;

import com.google.protobuf.util.Durations;
import io.tasklane.v1.Dependency;
import io.tasklane.v1.RetryPolicy;
import io.tasklane.v1.Task;
import io.tasklane.v1.Task.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random graph of tasks, and what is going to happen to each of them. It is drawn from a seed, so
 * that the same seed gives the same graph again.
 *
 * @param id unique, part of the names of its tasks
 * @param nodes each needs only nodes before it
 */
record GraphPlan(String id, List<Node> nodes) {
  /** What a task does when it runs. */
  enum Script {
    SUCCEEDS("system.noop", "{}", State.STATE_SUCCEEDED, 1),
    FAILS_ONCE(
        "system.fail",
        "{\"code\":\"ONCE\",\"retryable\":true,\"times\":1}",
        State.STATE_SUCCEEDED,
        2),
    FAILS_ALWAYS(
        "system.fail", "{\"code\":\"EVER\",\"retryable\":true,\"times\":9}", State.STATE_FAILED, 3),
    IS_BROKEN(
        "system.fail",
        "{\"code\":\"BROKEN\",\"retryable\":false,\"times\":9}",
        State.STATE_FAILED,
        1);

    final String type;
    final String input;
    final State end;
    final int attempts;

    Script(String type, String input, State end, int attempts) {
      this.type = type;
      this.input = input;
      this.end = end;
      this.attempts = attempts;
    }
  }

  /** Whether somebody cancels it. */
  enum Cancel {
    NEVER,
    BEFORE_ANYTHING_RUNS,
    WHILE_THINGS_RUN
  }

  /** One that is needed: the index of the node, and how it has to end. */
  record Need(int node, Dependency.Policy policy) {}

  /** One task. */
  record Node(String name, Script script, Cancel cancel, List<Need> needs) {}

  private static final List<String> QUEUES = List.of(Client.PORTFOLIO, Client.DATA, Client.AI);

  /** Draws one of 1 to 200 nodes, more often small than large. */
  static GraphPlan draw(String id, Random random) {
    double share = random.nextDouble();
    int size = 1 + (int) (200 * share * share);
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      String name = "tasks/" + id + "-" + i;
      nodes.add(new Node(name, script(random), cancel(random), needs(i, random)));
    }
    return new GraphPlan(id, nodes);
  }

  private static Script script(Random random) {
    int of100 = random.nextInt(100);
    if (of100 < 80) {
      return Script.SUCCEEDS;
    }
    return of100 < 90 ? Script.FAILS_ONCE : of100 < 94 ? Script.FAILS_ALWAYS : Script.IS_BROKEN;
  }

  private static Cancel cancel(Random random) {
    int of100 = random.nextInt(100);
    if (of100 < 94) {
      return Cancel.NEVER;
    }
    return of100 < 96 ? Cancel.BEFORE_ANYTHING_RUNS : Cancel.WHILE_THINGS_RUN;
  }

  private static List<Need> needs(int node, Random random) {
    int most = random.nextInt(20) == 0 ? 20 : 3;
    int count = Math.min(node, random.nextInt(most + 1));
    return random
        .ints(0, Math.max(1, node))
        .distinct()
        .limit(count)
        .mapToObj(need -> new Need(need, policy(random)))
        .toList();
  }

  private static Dependency.Policy policy(Random random) {
    int of100 = random.nextInt(100);
    if (of100 < 65) {
      return Dependency.Policy.POLICY_ON_SUCCESS;
    }
    return of100 < 90 ? Dependency.Policy.POLICY_ON_END : Dependency.Policy.POLICY_ON_FAILURE;
  }

  /** The task of a node, in a queue that its place in the graph decides. */
  Task.Builder task(int node) {
    Node what = nodes.get(node);
    Task.Builder task =
        Client.task(QUEUES.get(node % QUEUES.size()), what.script().type, what.script().input)
            .setName(what.name())
            .setPriority(1 + node % 10)
            .putLabels("graph", id)
            .setRetryPolicy(
                RetryPolicy.newBuilder()
                    .setMaximumAttempts(3)
                    .setInitialBackoff(Durations.fromMillis(20)));
    for (Need need : what.needs()) {
      task.addDependenciesBuilder().setTask(nodes.get(need.node()).name()).setPolicy(need.policy());
    }
    return task;
  }
}
