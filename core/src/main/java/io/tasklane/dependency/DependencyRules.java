package io.tasklane.dependency;

import io.tasklane.dependency.InvalidDependencyException.Reason;
import io.tasklane.task.state.TaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules by which dependencies are resolved. */
public final class DependencyRules implements DependencyResolver {
  @Override
  public List<Standing> plan(List<TaskNeeds> tasks, Map<String, TaskState> existing)
      throws InvalidDependencyException {
    Map<String, TaskNeeds> byId = new LinkedHashMap<>();
    tasks.forEach(task -> byId.put(task.taskId(), task));
    checkKnown(byId, existing);
    Map<String, TaskState> states = new HashMap<>(existing);
    Map<String, Standing> standings = new HashMap<>();
    for (String id : inOrder(byId)) {
      Standing standing = Standing.of(byId.get(id).dependencies(), states::get);
      standings.put(id, standing);
      states.put(id, standing.ruledOut().isPresent() ? TaskState.SKIPPED : TaskState.BLOCKED);
    }
    return tasks.stream().map(task -> standings.get(task.taskId())).toList();
  }

  private static void checkKnown(Map<String, TaskNeeds> tasks, Map<String, TaskState> existing)
      throws InvalidDependencyException {
    for (TaskNeeds task : tasks.values()) {
      List<Dependency> dependencies = task.dependencies();
      for (int i = 0; i < dependencies.size(); i++) {
        String needed = dependencies.get(i).taskId();
        if (!tasks.containsKey(needed) && !existing.containsKey(needed)) {
          throw new InvalidDependencyException(
              Reason.DEPENDENCY_UNKNOWN,
              task.taskId(),
              "dependencies[" + i + "].task",
              "\"tasks/" + needed + "\" does not exist, and is not created by this request");
        }
      }
    }
  }

  private static List<String> inOrder(Map<String, TaskNeeds> tasks)
      throws InvalidDependencyException {
    DependencyGraph graph = new DependencyGraph(edges(tasks));
    Optional<List<String>> cycle = graph.cycle();
    if (cycle.isPresent()) {
      List<String> names = cycle.get().stream().map(id -> "tasks/" + id).toList();
      throw new InvalidDependencyException(
          Reason.DEPENDENCY_CYCLE,
          cycle.get().get(0),
          "dependencies",
          "the dependencies, with the order of ordering keys, form a cycle: "
              + String.join(" needs ", names));
    }
    return graph.inOrder();
  }

  /** A task starts only after the one before it with the same ordering key has ended. */
  private static Map<String, Set<String>> edges(Map<String, TaskNeeds> tasks) {
    Map<String, Set<String>> edges = new LinkedHashMap<>();
    Map<String, String> lastOfKey = new HashMap<>();
    for (TaskNeeds task : tasks.values()) {
      Set<String> all = new HashSet<>(task.needed());
      task.orderingKey().map(key -> lastOfKey.put(key, task.taskId())).ifPresent(all::add);
      edges.put(task.taskId(), all);
    }
    return edges;
  }

  @Override
  public <E extends Exception> void resolve(List<EndedTask> ended, Dependents<E> dependents)
      throws E {
    List<EndedTask> wave = new ArrayList<>(ended);
    while (!wave.isEmpty()) {
      wave = dependents.resolve(wave);
    }
  }
}
