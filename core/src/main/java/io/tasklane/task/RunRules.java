package io.tasklane.task;

import java.util.Map;
import java.util.Optional;

/**
 * Rules for the runs of a task beyond those of its queue.
 *
 * @param orderingKey tasks with the same key never overlap and keep their order, across queues
 * @param resourceUnits units of resources that a run holds, by the resource's id
 * @param preemptible whether a waiting task of higher priority may preempt its run
 */
public record RunRules(
    Optional<String> orderingKey, Map<String, Integer> resourceUnits, boolean preemptible) {
  /** No rules. */
  public static final RunRules NONE = new RunRules(Optional.empty(), Map.of(), false);

  /** The rules of preemptible tasks. */
  public static final RunRules PREEMPTIBLE = new RunRules(Optional.empty(), Map.of(), true);

  /** Copies the units. */
  public RunRules {
    resourceUnits = Map.copyOf(resourceUnits);
  }

  /** The rules of tasks with this ordering key. */
  public static RunRules ofKey(String key) {
    return new RunRules(Optional.of(key), Map.of(), false);
  }

  /** The rules of tasks whose runs hold these units. */
  public static RunRules holding(Map<String, Integer> units) {
    return new RunRules(Optional.empty(), units, false);
  }
}
