package io.tasklane.task;

import java.util.Optional;

/**
 * What binds the runs of a task to those of others, beside its queue.
 *
 * @param orderingKey tasks with one key never overlap and keep their order, across queues
 */
public record RunRules(Optional<String> orderingKey) {
  /** Nothing does. */
  public static final RunRules NONE = new RunRules(Optional.empty());

  /** Of tasks with this ordering key. */
  public static RunRules ofKey(String key) {
    return new RunRules(Optional.of(key));
  }
}
