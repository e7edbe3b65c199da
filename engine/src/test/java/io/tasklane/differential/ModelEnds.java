package io.tasklane.differential;

import io.tasklane.dependency.DependencyPolicy;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the end of a task means for others: those that need it, and those of its ordering key. */
final class ModelEnds {
  /** The line of an ordering key: one has the turn, the others wait in the order of creation. */
  private static final class Line {
    private final TreeMap<Integer, ModelTask> members = new TreeMap<>();
    private final Set<ModelTask> resting = new HashSet<>();
    private ModelTask turn;
  }

  private final Model model;
  private final Map<String, Line> lines = new HashMap<>();

  ModelEnds(Model model) {
    this.model = model;
  }

  /** These have ended in one command; so may some that need them, and so on. */
  void ended(List<ModelTask> tasks) {
    List<ModelTask> wave = tasks;
    while (!wave.isEmpty()) {
      wave.forEach(this::leave);
      wave = tell(wave);
    }
  }

  private List<ModelTask> tell(List<ModelTask> wave) {
    List<ModelTask> further = new ArrayList<>();
    List<ModelTask> dependents =
        model.tasks.values().stream()
            .filter(task -> task.state == TaskState.BLOCKED && wave.stream().anyMatch(task::needs))
            .toList();
    for (ModelTask dependent : dependents) {
      List<String> reasons = new ArrayList<>();
      for (TaskSpec.Need need : dependent.spec.needs()) {
        ModelTask needed = model.tasks.get(need.task());
        if (wave.contains(needed)) {
          reason(need, needed.state).forEach(reasons::add);
          dependent.unmet -= isMet(need.policy(), needed.state) ? 1 : 0;
        }
      }
      if (!reasons.isEmpty()) {
        ruleOut(dependent, reasons.stream().sorted().findFirst().orElseThrow());
        further.add(dependent);
      } else if (dependent.unmet == 0) {
        boolean later = dependent.runAfterHour > model.hour();
        model.move(dependent, later ? Move.SCHEDULE : Move.RELEASE, "system:dependency", "");
      }
    }
    return further;
  }

  private void ruleOut(ModelTask task, String reason) {
    model.move(task, Move.RULE_OUT, "system:dependency", "DEPENDENCY_NOT_MET");
    task.fault = new ModelTask.Fault("DEPENDENCY", "DEPENDENCY_NOT_MET", reason, "", task.ended);
  }

  /** Why a need that ended so rules out, nothing where it does not. */
  static Stream<String> reason(TaskSpec.Need need, TaskState end) {
    if (isMet(need.policy(), end)) {
      return Stream.empty();
    }
    String wanted = need.policy() == DependencyPolicy.ON_SUCCESS ? "SUCCEEDED" : "FAILED";
    String text = "tasks/%s ended %s; this task needs it to end %s";
    return Stream.of(text.formatted(need.task(), end, wanted));
  }

  private static boolean isMet(DependencyPolicy policy, TaskState end) {
    return switch (policy) {
      case ON_SUCCESS -> end == TaskState.SUCCEEDED;
      case ON_FAILURE -> end == TaskState.FAILED;
      case ON_END -> end.isFinal();
    };
  }

  /** A new task lines up. */
  void lineUp(ModelTask task) {
    if (task.spec.orderingKey().isEmpty()) {
      return;
    }
    Line line = lines.computeIfAbsent(task.spec.orderingKey(), k -> new Line());
    line.members.put(task.id, task);
    task.keyWaits = line.turn != null;
    line.turn = line.turn == null ? task : line.turn;
  }

  private void leave(ModelTask task) {
    Line line = lines.get(task.spec.orderingKey());
    if (line != null && line.members.remove(task.id) != null) {
      line.resting.remove(task);
      passOn(line);
    }
  }

  /** A retry waits, and the queue lets the next of the key go ahead. */
  void rest(ModelTask task) {
    Line line = lines.get(task.spec.orderingKey());
    line.resting.add(task);
    task.keyWaits = true;
    passOn(line);
  }

  /** A retry that rested has come due. */
  void comeBack(ModelTask task) {
    Line line = lines.get(task.spec.orderingKey());
    line.resting.remove(task);
    passOn(line);
  }

  private void passOn(Line line) {
    ModelTask turn = line.turn;
    if (turn != null && line.members.containsKey(turn.id) && !line.resting.contains(turn)) {
      return;
    }
    line.turn =
        line.members.values().stream()
            .filter(task -> !line.resting.contains(task))
            .findFirst()
            .orElse(null);
    if (line.turn != null) {
      line.turn.keyWaits = false;
    }
  }
}
