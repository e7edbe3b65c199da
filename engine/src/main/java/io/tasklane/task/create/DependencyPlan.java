package io.tasklane.task.create;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.dependency.DependencyResolver;
import io.tasklane.dependency.InvalidDependencyException;
import io.tasklane.dependency.NeededTask;
import io.tasklane.dependency.Standing;
import io.tasklane.dependency.TaskNeeds;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.row.PlannedTask;
import io.tasklane.task.state.TaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plans the initial state of new tasks by their dependencies. */
final class DependencyPlan {
  private DependencyPlan() {}

  /**
   * Plans tasks that are created together.
   *
   * @param tasks in the order in which they will be created
   * @param existing tasks outside that they need, by the final part of their names
   * @return the same tasks in the same order
   * @throws Refusal INVALID_ARGUMENT: DEPENDENCY_UNKNOWN; DEPENDENCY_CYCLE, with the cycle named
   */
  static List<PlannedTask> of(
      DependencyResolver resolver, List<NewTask> tasks, Map<String, NeededTask> existing) {
    if (tasks.stream().allMatch(task -> task.start().dependencies().isEmpty())) {
      return tasks.stream().map(task -> new PlannedTask(task, Standing.FREE, false)).toList();
    }
    Set<String> needed = new HashSet<>();
    tasks.forEach(task -> needed.addAll(task.needs()));
    List<Standing> standings = standings(resolver, tasks, existing);
    List<PlannedTask> planned = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      NewTask task = tasks.get(i);
      planned.add(new PlannedTask(task, standings.get(i), needed.contains(task.taskId())));
    }
    return planned;
  }

  private static List<Standing> standings(
      DependencyResolver resolver, List<NewTask> tasks, Map<String, NeededTask> existing) {
    Map<String, TaskState> states = new HashMap<>();
    existing.forEach((id, task) -> states.put(id, task.state()));
    try {
      return resolver.plan(tasks.stream().map(DependencyPlan::needsOf).toList(), states);
    } catch (InvalidDependencyException invalid) {
      String path =
          tasks.stream()
              .filter(task -> task.taskId().equals(invalid.taskId()))
              .findFirst()
              .map(NewTask::path)
              .orElse("");
      throw Refusal.invalid(
          RefusalReason.valueOf(invalid.reason().name()),
          path + "task." + invalid.field(),
          invalid.getMessage());
    }
  }

  private static TaskNeeds needsOf(NewTask task) {
    return new TaskNeeds(task.taskId(), task.start().dependencies(), task.rules().orderingKey());
  }
}
