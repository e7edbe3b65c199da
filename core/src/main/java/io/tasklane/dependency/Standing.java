package io.tasklane.dependency;

import io.tasklane.task.Dependency;
import io.tasklane.task.state.TaskState;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a task stands with the tasks it needs.
 *
 * @param unmet needed tasks that have not ended yet
 * @param ruledOut why it can never start, empty while it can
 */
public record Standing(int unmet, Optional<String> ruledOut) {
  /** Nothing is needed, or nothing more. */
  public static final Standing FREE = new Standing(0, Optional.empty());

  /** The machine-readable code of a task that was ruled out. */
  public static final String CODE = "DEPENDENCY_NOT_MET";

  /**
   * Decides. One need that ended as it must not rules the task out, whatever the others will do.
   *
   * @param dependencies what it needs
   * @param stateOf the state of a needed task, by the final part of its name
   */
  public static Standing of(List<Dependency> dependencies, Function<String, TaskState> stateOf) {
    int unmet = 0;
    for (Dependency dependency : dependencies) {
      TaskState state = stateOf.apply(dependency.taskId());
      if (!state.isFinal()) {
        unmet++;
      } else if (!dependency.policy().isMetBy(state)) {
        return new Standing(0, Optional.of(reason(dependency, state)));
      }
    }
    return unmet == 0 ? FREE : new Standing(unmet, Optional.empty());
  }

  /** Why a need that ended so rules out, for people. */
  public static String reason(Dependency dependency, TaskState end) {
    return dependency.taskName()
        + " ended "
        + end
        + "; this task needs it to "
        + dependency.policy().wanted();
  }

  /** Whether it may start as far as its needs go. */
  public boolean isFree() {
    return unmet == 0 && ruledOut.isEmpty();
  }
}
