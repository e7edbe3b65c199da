package io.tasklane.system;

import io.tasklane.v1.Dependency;
import io.tasklane.v1.Task;
import io.tasklane.v1.Task.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What must become of a graph, worked out node by node without the server's rules: a plain reading
 * of what the contract promises. Only where a cancel met a run, or its answer was lost, both ends
 * are possible, and the observed one counts for those who need it.
 */
final class GraphModel {
  /** What the caller of a cancel was told. */
  enum Told {
    /** Nobody cancelled it. */
    NOTHING,
    /** It is CANCELLED now. */
    CANCELLED,
    /** Too late: it had ended. */
    ENDED,
    /** It ran, or no answer came. */
    UNSURE
  }

  private final GraphPlan plan;
  private final Map<String, Told> cancels;

  /** Of this graph, with what the callers of cancels were told, by task. */
  GraphModel(GraphPlan plan, Map<String, Told> cancels) {
    this.plan = plan;
    this.cancels = cancels;
  }

  /** What is wrong with these ends, in the order of the nodes; empty where all is as it must be. */
  List<String> faults(Map<String, Task> ended) {
    List<String> faults = new ArrayList<>();
    for (GraphPlan.Node node : plan.nodes()) {
      Task task = ended.get(node.name());
      State unhindered = withoutCancel(node, ended);
      Told told = cancels.getOrDefault(node.name(), Told.NOTHING);
      boolean right =
          switch (told) {
            case NOTHING, ENDED -> task.getState() == unhindered;
            case CANCELLED -> task.getState() == State.STATE_CANCELLED;
            case UNSURE ->
                task.getState() == unhindered || task.getState() == State.STATE_CANCELLED;
          };
      if (!right) {
        faults.add(node + " ended " + task.getState() + ", not " + unhindered + ", told " + told);
      }
      checkRuns(node, task, faults);
    }
    return faults;
  }

  private State withoutCancel(GraphPlan.Node node, Map<String, Task> ended) {
    for (GraphPlan.Need need : node.needs()) {
      State end = ended.get(plan.nodes().get(need.node()).name()).getState();
      if (!isMet(need.policy(), end)) {
        return State.STATE_SKIPPED;
      }
    }
    return node.script().end;
  }

  private static boolean isMet(Dependency.Policy policy, State end) {
    return switch (policy) {
      case POLICY_ON_FAILURE -> end == State.STATE_FAILED;
      case POLICY_ON_END -> true;
      default -> end == State.STATE_SUCCEEDED;
    };
  }

  private static void checkRuns(GraphPlan.Node node, Task task, List<String> faults) {
    switch (task.getState()) {
      case STATE_SKIPPED -> {
        if (task.getAttempt() != 0 || !task.getFailure().getCode().equals("DEPENDENCY_NOT_MET")) {
          faults.add(node + " was skipped, and yet " + task);
        }
      }
      case STATE_SUCCEEDED, STATE_FAILED -> {
        if (task.getAttempt() != node.script().attempts) {
          faults.add(node + " took " + task.getAttempt() + " attempts");
        }
      }
      default -> {
        // a cancelled task may have begun any number of attempts
      }
    }
  }
}
