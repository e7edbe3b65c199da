package io.tasklane.task;

import java.util.Map;
import java.util.Optional;

/**
 * What binds the runs of a task to those of others, beside its queue.
 *
 * @param orderingKey tasks with one key never overlap and keep their order, across queues
 * @param resourceUnits units of resources that a run holds, by the resource's id
 * @param preemptible whether a waiting task of higher priority may ask its run to give way
 */
public record RunRules(
    Optional<String> orderingKey, Map<String, Integer> resourceUnits, boolean preemptible) {
  /** Nothing does. */
  public static final RunRules NONE = new RunRules(Optional.empty(), Map.of(), false);

  /** Of tasks whose runs may be asked to give way. */
  public static final RunRules PREEMPTIBLE = new RunRules(Optional.empty(), Map.of(), true);

  /** Keeps an own copy. */
  public RunRules {
    resourceUnits = Map.copyOf(resourceUnits);
  }

  /** Of tasks with this ordering key. */
  public static RunRules ofKey(String key) {
    return new RunRules(Optional.of(key), Map.of(), false);
  }

  /** Of tasks whose runs hold these units. */
  public static RunRules holding(Map<String, Integer> units) {
    return new RunRules(Optional.empty(), units, false);
  }
}
