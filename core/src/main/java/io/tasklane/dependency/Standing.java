package io.tasklane.dependency;

import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether a new task may start, waits for tasks it needs, or was ruled out by one.
 *
 * @param unmet needed tasks that have not ended yet
 * @param ruledOut why it can never start, empty while it can
 */
public record Standing(int unmet, Optional<String> ruledOut) {
  /** Waits for nothing. */
  public static final Standing FREE = new Standing(0, Optional.empty());

  /** The machine-readable code of a task that was ruled out. */
  public static final String CODE = "DEPENDENCY_NOT_MET";

  /**
   * The standing of a task with these dependencies. One that ended as it must not rules the task
   * out, whatever the others will do.
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

  /** Why a task was ruled out by this dependency, for people. */
  public static String reason(Dependency dependency, TaskState end) {
    return dependency.taskName()
        + " ended "
        + end
        + "; this task needs it to "
        + dependency.policy().wanted();
  }

  /**
   * The standing of a waiting task after some of what it needs has ended. Of several reasons why it
   * can never start, the first in their order as texts is given.
   *
   * @param ended dependencies of the task, with the final states of the tasks they name
   */
  public Standing after(Map<Dependency, TaskState> ended) {
    int met = 0;
    Optional<String> why = ruledOut;
    for (Map.Entry<Dependency, TaskState> end : ended.entrySet()) {
      if (end.getKey().policy().isMetBy(end.getValue())) {
        met++;
      } else {
        String reason = reason(end.getKey(), end.getValue());
        why = Optional.of(why.filter(first -> first.compareTo(reason) < 0).orElse(reason));
      }
    }
    return new Standing(unmet - met, why);
  }

  /**
   * The needed task, "tasks/{task}", that the move of a task with this standing is put down to: the
   * one that ruled it out, with whose name the reason begins; else, of those that have ended as
   * needed, the first by name.
   *
   * @param ended as in {@link #after}, which gave this standing
   */
  public Optional<String> cause(Map<Dependency, TaskState> ended) {
    return ruledOut
        .map(reason -> reason.substring(0, reason.indexOf(' ')))
        .or(() -> ended.keySet().stream().map(Dependency::taskName).min(String::compareTo));
  }

  /**
   * The move that creates a task with this standing.
   *
   * @param later whether its start time has not come yet
   */
  public Move creation(boolean later) {
    if (ruledOut.isPresent()) {
      return Move.RULE_OUT;
    }
    if (unmet > 0) {
      return Move.BLOCK;
    }
    return later ? Move.SCHEDULE : Move.SUBMIT;
  }

  /**
   * The move of a BLOCKED task that has this standing now; empty while it stays BLOCKED.
   *
   * @param later whether its start time has not come yet
   */
  public Optional<Move> release(boolean later) {
    return switch (creation(later)) {
      case BLOCK -> Optional.empty();
      case SUBMIT -> Optional.of(Move.RELEASE);
      default -> Optional.of(creation(later));
    };
  }

  /** Whether its dependencies let it start. */
  public boolean isFree() {
    return unmet == 0 && ruledOut.isEmpty();
  }
}
