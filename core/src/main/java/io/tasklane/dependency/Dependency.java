package io.tasklane.dependency;

import java.util.Optional;

/**
 * A task that must end before another one starts.
 *
 * @param taskId final part of the needed task's name
 * @param policy which end lets the dependent start
 * @param inputKey key under which the needed task's output is put into the dependent's input, at
 *     most 64 characters; empty if it is not passed on
 */
public record Dependency(String taskId, DependencyPolicy policy, Optional<String> inputKey) {
  /** Needs this task to succeed, and does not pass its output on. */
  public static Dependency on(String taskId) {
    return new Dependency(taskId, DependencyPolicy.ON_SUCCESS, Optional.empty());
  }

  /** "tasks/{task}" of the needed task. */
  public String taskName() {
    return "tasks/" + taskId;
  }
}
