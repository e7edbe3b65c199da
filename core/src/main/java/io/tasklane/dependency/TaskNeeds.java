package io.tasklane.dependency;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a new task needs before it may start.
 *
 * @param taskId final part of its name
 * @param dependencies the tasks it depends on, as requested
 * @param orderingKey its ordering key; it starts after the task before it that has the same key
 */
public record TaskNeeds(
    String taskId, List<Dependency> dependencies, Optional<String> orderingKey) {
  /** Final parts of the names of the tasks it depends on. */
  Set<String> needed() {
    return dependencies.stream().map(Dependency::taskId).collect(Collectors.toSet());
  }
}
