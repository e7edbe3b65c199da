package io.tasklane.dependency;

import io.tasklane.app.Refusal;
import io.tasklane.task.Dependency;
import io.tasklane.task.TaskState;
import io.tasklane.task.store.Arrival;
import io.tasklane.task.store.NewTask;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what tasks that need one another may do: which of them may start when they are created,
 * and which are released or ruled out when one of them ends. It remembers nothing; everything it
 * decides by is in the rows, so any node may decide, after any restart.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Orchestrator {
  /**
   * Decides where tasks that are created together stand at their birth.
   *
   * @param tasks in the order in which they will be created
   * @param existing tasks outside that they need, by the final part of their names
   * @return the same tasks in the same order
   * @throws Refusal INVALID_ARGUMENT: DEPENDENCY_UNKNOWN; DEPENDENCY_CYCLE, with the cycle named
   */
  public List<Arrival> plan(List<NewTask> tasks, Map<String, NeededTask> existing) {
    if (tasks.stream().allMatch(task -> task.start().dependencies().isEmpty())) {
      return tasks.stream().map(task -> new Arrival(task, Standing.FREE, false)).toList();
    }
    Map<String, NewTask> byId = new LinkedHashMap<>();
    tasks.forEach(task -> byId.put(task.taskId(), task));
    checkKnown(tasks, byId, existing);
    Map<String, Standing> standings = standings(byId, existing);
    Set<String> needed = new HashSet<>();
    tasks.forEach(task -> needed.addAll(task.needs()));
    List<Arrival> arrivals = new ArrayList<>();
    for (NewTask task : tasks) {
      Standing standing = standings.get(task.taskId());
      arrivals.add(new Arrival(task, standing, needed.contains(task.taskId())));
    }
    return arrivals;
  }

  private static Map<String, Standing> standings(
      Map<String, NewTask> byId, Map<String, NeededTask> existing) {
    Map<String, TaskState> states = new HashMap<>();
    existing.forEach((id, task) -> states.put(id, task.state()));
    Map<String, Standing> standings = new HashMap<>();
    for (String id : inOrder(byId)) {
      Standing standing = Standing.of(byId.get(id).start().dependencies(), states::get);
      standings.put(id, standing);
      states.put(id, standing.ruledOut().isPresent() ? TaskState.SKIPPED : TaskState.BLOCKED);
    }
    return standings;
  }

  private static List<String> inOrder(Map<String, NewTask> byId) {
    Map<String, Set<String>> needs = new LinkedHashMap<>();
    byId.forEach((id, task) -> needs.put(id, task.needs()));
    Map<String, String> lastOfKey = new HashMap<>();
    for (NewTask task : byId.values()) {
      Optional<String> before =
          task.rules().orderingKey().map(key -> lastOfKey.put(key, task.taskId()));
      if (before.isPresent()) { // it starts only when that one has ended
        Set<String> all = new HashSet<>(task.needs());
        all.add(before.get());
        needs.put(task.taskId(), all);
      }
    }
    DependencyGraph graph = new DependencyGraph(needs);
    Optional<List<String>> cycle = graph.cycle();
    if (cycle.isPresent()) {
      List<String> names = cycle.get().stream().map(id -> "tasks/" + id).toList();
      throw Refusal.invalid(
          "DEPENDENCY_CYCLE",
          byId.get(cycle.get().get(0)).path() + "task.dependencies",
          "the dependencies, with the order of ordering keys, form a cycle: "
              + String.join(" needs ", names));
    }
    return graph.inOrder();
  }

  private static void checkKnown(
      List<NewTask> tasks, Map<String, NewTask> byId, Map<String, NeededTask> existing) {
    for (NewTask task : tasks) {
      List<Dependency> dependencies = task.start().dependencies();
      for (int i = 0; i < dependencies.size(); i++) {
        String needed = dependencies.get(i).taskId();
        if (!byId.containsKey(needed) && !existing.containsKey(needed)) {
          throw Refusal.invalid(
              "DEPENDENCY_UNKNOWN",
              task.path() + "task.dependencies[" + i + "].task",
              "\"tasks/" + needed + "\" does not exist, and is not created by this request");
        }
      }
    }
  }

  /** Tells dependents, one wave after another. */
  @FunctionalInterface
  public interface Telling<E extends Exception> {
    /**
     * Tells the dependents of these.
     *
     * @return those that have ended by it and that others need
     */
    List<EndedTask> tell(List<EndedTask> ended) throws E;
  }

  /**
   * Has everybody told who needs a task that has just ended, within the command that ended it; and,
   * as those who can never start end by it too, everybody who needs them, until nobody is left.
   *
   * @param ended tasks that have ended and that others need
   * @param dependents tells them
   */
  public <E extends Exception> void settle(List<EndedTask> ended, Telling<E> dependents) throws E {
    List<EndedTask> wave = ended;
    while (!wave.isEmpty()) {
      wave = dependents.tell(wave);
    }
  }
}
