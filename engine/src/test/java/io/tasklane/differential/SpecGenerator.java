package io.tasklane.differential;

import io.tasklane.dependency.DependencyPolicy;
import io.tasklane.task.state.TaskState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Draws tasks to create. */
final class SpecGenerator {
  private final Random random;
  private int names;

  SpecGenerator(Random random) {
    this.random = random;
  }

  /** A name that no task has. */
  String name() {
    return "t" + ++names;
  }

  /** One to three tasks for one command. */
  List<TaskSpec> draw(Model model) {
    if (random.nextInt(3) == 0) {
      return List.of(plain());
    }
    int count = random.nextInt(4) == 0 ? 2 + random.nextInt(2) : 1;
    List<TaskSpec> specs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      specs.add(rich(model, specs));
    }
    return specs;
  }

  /** A task that needs nothing and nobody. */
  TaskSpec plain() {
    return spec(name(), List.of(), "", "", Map.of(), new int[4], false);
  }

  private TaskSpec rich(Model model, List<TaskSpec> before) {
    boolean taken = !model.tasks.isEmpty() && chance(4);
    String name = taken ? "t1" : name();
    Map<String, Integer> units =
        !chance(15) ? Map.of() : chance(60) ? Map.of("r1", 1 + random.nextInt(2)) : Map.of("r2", 1);
    int[] hours = new int[4];
    if (units.isEmpty()) { // what is set aside is not looked at in time
      hours[0] = chance(10) ? Math.max(1, model.hour() + random.nextInt(4) - 1) : 0;
      hours[1] = chance(10) ? model.hour() + 1 + random.nextInt(3) : 0;
      hours[2] = chance(8) ? 1 + random.nextInt(2) : 0;
      hours[3] = chance(10) ? 1 + random.nextInt(3) : 0;
    }
    return spec(
        name,
        chance(45) ? needs(model, before) : List.of(),
        chance(20) ? "d" + random.nextInt(2) : "",
        chance(15) ? "k" + random.nextInt(2) : "",
        units,
        hours,
        chance(18));
  }

  private TaskSpec spec(
      String name,
      List<TaskSpec.Need> needs,
      String deduplicationKey,
      String orderingKey,
      Map<String, Integer> units,
      int[] hours,
      boolean preemptible) {
    return new TaskSpec(
        name,
        pick(List.of("A", "B", "B", "C", "C")),
        pick(List.of("noop", "noop", "echo")),
        pick(List.of(5, 5, 5, 7, 7, 1 + random.nextInt(10))),
        1 + random.nextInt(4),
        pick(List.of(0, 0, 30, 60)),
        needs,
        deduplicationKey,
        orderingKey,
        units,
        hours[0],
        hours[1],
        hours[2],
        hours[3],
        preemptible,
        chance(25) ? labels() : Map.of());
  }

  /** Needs some of the last tasks, or of those that are created with it. */
  private List<TaskSpec.Need> needs(Model model, List<TaskSpec> before) {
    List<String> known =
        model.tasks.values().stream()
            .filter(task -> task.isRunning() || task.state == TaskState.QUEUED || chance(20))
            .map(ModelTask::name)
            .toList();
    List<String> names =
        new ArrayList<>(known.subList(Math.max(0, known.size() - 8), known.size()));
    before.forEach(spec -> names.add(spec.name()));
    Map<String, TaskSpec.Need> needs = new LinkedHashMap<>();
    for (int i = chance(70) ? 1 : 2; i > 0 && !names.isEmpty(); i--) {
      String name = chance(3) ? "nobody" : pick(names);
      DependencyPolicy policy =
          chance(30) ? DependencyPolicy.ON_SUCCESS : DependencyPolicy.values()[random.nextInt(3)];
      needs.put(name, new TaskSpec.Need(name, policy));
    }
    return List.copyOf(needs.values());
  }

  /** Labels for a task. */
  Map<String, String> labels() {
    return Map.of("desk", pick(List.of("us", "eu")));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
