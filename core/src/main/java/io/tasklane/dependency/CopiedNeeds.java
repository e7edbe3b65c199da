package io.tasklane.dependency;

import io.tasklane.task.state.TaskState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a copy of an ended task depends on, so that it never runs as if a need had been met that was
 * not: on the tasks that the original needed, or on copies of them that ended as needed.
 *
 * @param needs of the original, as they are now
 * @param hasStarted whether the original has started, for which all its needs had to be met
 */
public record CopiedNeeds(List<Need> needs, boolean hasStarted) {
  /**
   * A task that the original needed.
   *
   * @param dependency as the original had it
   * @param state of the needed task; empty if it is gone after its retention
   * @param copies of the needed task, and copies of those, the newest first
   */
  public record Need(Dependency dependency, Optional<TaskState> state, List<Copy> copies) {
    private Need withoutOutput() {
      return new Need(
          new Dependency(dependency.taskId(), dependency.policy(), Optional.empty()),
          state,
          copies);
    }

    /** The needed task if it may still end, or has ended, as needed; else the newest such copy. */
    private Optional<Dependency> met() {
      if (state.filter(this::mayMeet).isPresent()) {
        return Optional.of(dependency);
      }
      return copies.stream()
          .filter(copy -> copy.state().isFinal() && dependency.policy().isMetBy(copy.state()))
          .findFirst()
          .map(copy -> new Dependency(copy.taskId(), dependency.policy(), dependency.inputKey()));
    }

    private boolean mayMeet(TaskState now) {
      return !now.isFinal() || dependency.policy().isMetBy(now);
    }

    private boolean hasEnded() {
      return state.filter(TaskState::isFinal).isPresent();
    }

    private String fate() {
      String became = state.map(end -> " ended " + end).orElse(" is gone");
      String wanted = "; it needs that task, or a copy of it, to " + dependency.policy().wanted();
      return dependency.taskName()
          + became
          + wanted
          + copies.stream()
              .filter(copy -> !copy.state().isFinal())
              .findFirst()
              .map(copy -> " (tasks/" + copy.taskId() + " is " + copy.state() + ")")
              .orElse("");
    }
  }

  /**
   * A copy of a needed task.
   *
   * @param taskId final part of its name
   * @param state its state
   */
  public record Copy(String taskId, TaskState state) {}

  /** Copies the needs. */
  public CopiedNeeds {
    needs = List.copyOf(needs);
  }

  /** The same for a copy with an input of its own: nothing passes its output on. */
  public CopiedNeeds withoutOutputs() {
    return new CopiedNeeds(needs.stream().map(Need::withoutOutput).toList(), hasStarted);
  }

  /**
   * The dependencies of the copy, which waits for those that have not ended.
   *
   * @throws UnmetNeedException if a need did not end as needed and no copy of it did, or if nobody
   *     knows how it ended
   */
  public List<Dependency> require() throws UnmetNeedException {
    List<Dependency> met = new ArrayList<>();
    for (Need need : needs) {
      Optional<Dependency> dependency = need.met();
      if (dependency.isPresent()) {
        met.add(dependency.get());
      } else if (need.state().isPresent() || !isKnownMet(need)) {
        throw new UnmetNeedException(need.fate());
      }
    }
    return withoutRepeats(met);
  }

  /**
   * The dependencies of a copy that runs whatever became of the needs: only those that pass their
   * output on, however they ended, and none that it would have to wait for.
   */
  public List<Dependency> ignore() {
    List<Dependency> passing = new ArrayList<>();
    for (Need need : needs) {
      Dependency source = need.met().filter(met -> !isUnfinished(need)).orElse(need.dependency());
      if (source.inputKey().isPresent() && (need.hasEnded() || source != need.dependency())) {
        passing.add(new Dependency(source.taskId(), DependencyPolicy.ON_END, source.inputKey()));
      }
    }
    return withoutRepeats(passing);
  }

  /** What is gone has ended as needed if the original has started, but passes nothing on. */
  private boolean isKnownMet(Need need) {
    return hasStarted && need.dependency().inputKey().isEmpty();
  }

  private static boolean isUnfinished(Need need) {
    return need.state().filter(state -> !state.isFinal()).isPresent();
  }

  /** One copy may stand for two needs; where it passes its output on, that one stays. */
  private static List<Dependency> withoutRepeats(List<Dependency> all) {
    Set<String> passing =
        all.stream()
            .filter(dependency -> dependency.inputKey().isPresent())
            .map(Dependency::taskId)
            .collect(Collectors.toSet());
    Set<String> named = new HashSet<>();
    List<Dependency> once = new ArrayList<>();
    for (Dependency dependency : all) {
      String id = dependency.taskId();
      if (dependency.inputKey().isPresent() || !passing.contains(id) && named.add(id)) {
        once.add(dependency);
      }
    }
    return once;
  }
}
