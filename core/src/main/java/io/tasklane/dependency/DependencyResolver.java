package io.tasklane.dependency;

import io.tasklane.task.state.TaskState;
import java.util.List;
import java.util.Map;

/**
 * Decides what tasks that depend on one another may do: which of them may start when they are
 * created, and which others the end of a task affects. It keeps no state; every decision is based
 * on its arguments, so any node may decide, after any restart.
 */
public interface DependencyResolver {
  /**
   * Decides the standing of tasks that are created together.
   *
   * @param tasks in the order in which they will be created
   * @param existing states of the tasks outside that they depend on, by the final part of their
   *     names
   * @return one standing for each task, in their order
   * @throws InvalidDependencyException if a dependency is unknown, or they form a cycle
   */
  List<Standing> plan(List<TaskNeeds> tasks, Map<String, TaskState> existing)
      throws InvalidDependencyException;

  /**
   * Resolves the dependents of tasks that have ended: those that need nothing more are released,
   * those that can never start are skipped. A skipped task has ended too, so its dependents come
   * next, until none is left.
   *
   * @param ended tasks that have ended and that others depend on
   * @param dependents releases and skips the direct dependents
   * @throws E what {@code dependents} throws
   */
  <E extends Exception> void resolve(List<EndedTask> ended, Dependents<E> dependents) throws E;

  /**
   * Releases and skips the direct dependents of ended tasks.
   *
   * @param <E> the exception of a failure
   */
  @FunctionalInterface
  interface Dependents<E extends Exception> {
    /**
     * Releases and skips.
     *
     * @param ended tasks that have ended
     * @return those that were skipped and that others depend on
     * @throws E if it fails
     */
    List<EndedTask> resolve(List<EndedTask> ended) throws E;
  }
}
